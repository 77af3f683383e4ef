"""Reference values of the ops of dev.assay.graph.op: python graph-ops.py > graph-ops.json

Each case has the config of an op, its inputs, its weights, and what torch.nn.functional makes of them in float64: the output, and the
gradients of (output * cotangent).sum() for every input and trained weight, the cotangent being cos(0), cos(1), ... in row-major order.
"""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(1)
D = torch.float64
cases = {}


def randn(*shape):
    return torch.randn(*shape, dtype=D)


def listed(t):
    return {"shape": list(t.shape), "type": str(t.dtype).removeprefix("torch."), "values": t.detach().reshape(-1).tolist()}


def case(name, op, inputs, function, weights={}, updating=False, buffers={}):
    inputs = [t.clone().requires_grad_(t.dtype == D) for t in inputs]
    weights = {k: t.clone().requires_grad_() for k, t in weights.items()}
    buffers = {k: t.clone() for k, t in buffers.items()}
    before = {k: listed(t) for k, t in buffers.items()}
    out = function(*inputs, **{k.replace(".", "_"): t for k, t in {**weights, **buffers}.items()})
    cotangent = torch.cos(torch.arange(out.numel(), dtype=D)).reshape(out.shape)
    (out * cotangent).sum().backward()
    zero = lambda t: t.grad if t.grad is not None else torch.zeros_like(t)
    cases[name] = {
        "op": op,
        "updating": updating,
        "inputs": [listed(t) for t in inputs],
        "weights": {**{k: listed(t) for k, t in weights.items()}, **before},
        "buffers": {k: listed(t) for k, t in buffers.items()},
        "output": listed(out),
        "inputGradients": [listed(zero(t)) if t.dtype == D else None for t in inputs],
        "weightGradients": {k: listed(zero(t)) for k, t in weights.items()},
    }


x = randn(2, 4, 4, 4)
case("conv", {"kind": "conv", "filters": 3, "kernel": 3}, [x], lambda x, weight, bias: F.conv2d(x, weight, bias),
     {"weight": randn(3, 4, 3, 3), "bias": randn(3)})
case("conv-all-settings",
     {"kind": "conv", "filters": 6, "kernel": 3, "stride": 2, "padding": 2, "dilation": 2, "groups": 2, "bias": False}, [x],
     lambda x, weight: F.conv2d(x, weight, None, 2, 2, 2, 2), {"weight": randn(6, 2, 3, 3)})
case("conv-1d", {"kind": "conv", "filters": 3, "kernel": 3, "padding": 1}, [randn(2, 4, 5)],
     lambda x, weight, bias: F.conv1d(x, weight, bias, 1, 1), {"weight": randn(3, 4, 3), "bias": randn(3)})
case("linear", {"kind": "linear", "units": 3}, [randn(2, 5)], lambda x, weight, bias: F.linear(x, weight, bias),
     {"weight": randn(3, 5), "bias": randn(3)})
case("linear-tokens-no-bias", {"kind": "linear", "units": 3, "bias": False}, [randn(2, 4, 5)],
     lambda x, weight: F.linear(x, weight), {"weight": randn(3, 5)})

stats = lambda: {"running_mean": randn(4), "running_var": torch.rand(4, dtype=D) + 0.5}
affine = lambda n: {"weight": randn(n), "bias": randn(n)}
norm = lambda training, momentum, eps: lambda x, running_mean, running_var, weight=None, bias=None: F.batch_norm(
    x, running_mean, running_var, weight, bias, training, momentum, eps)
case("batch-norm-updating", {"kind": "batch-norm"}, [x], norm(True, 0.1, 1e-5), affine(4), True, stats())
case("batch-norm-fixed", {"kind": "batch-norm"}, [x], norm(False, 0.1, 1e-5), affine(4), False, stats())
case("batch-norm-settings", {"kind": "batch-norm", "momentum": 0.3, "eps": 0.01, "affine": False}, [randn(5, 4)],
     norm(True, 0.3, 0.01), {}, True, stats())
case("group-norm", {"kind": "group-norm", "groups": 2}, [x], lambda x, weight, bias: F.group_norm(x, 2, weight, bias, 1e-5), affine(4))
case("layer-norm", {"kind": "layer-norm", "eps": 1e-6}, [randn(2, 3, 5)],
     lambda x, weight, bias: F.layer_norm(x, [5], weight, bias, 1e-6), affine(5))

v = randn(2, 7)
for name, op, f in [
    ("relu", {}, F.relu),
    ("leaky-relu", {"slope": 0.2}, lambda x: F.leaky_relu(x, 0.2)),
    ("gelu", {}, F.gelu),
    ("gelu-tanh", {"kind": "gelu", "approximate": True}, lambda x: F.gelu(x, approximate="tanh")),
    ("silu", {}, F.silu),
    ("sigmoid", {}, torch.sigmoid),
    ("tanh", {}, torch.tanh),
    ("elu", {"alpha": 0.7}, lambda x: F.elu(x, 0.7)),
    ("softplus", {}, F.softplus),
    ("softmax", {}, lambda x: F.softmax(x, 1)),
    ("log-softmax", {"kind": "softmax", "dimension": -1, "log": True}, lambda x: F.log_softmax(x, -1)),
    ("scale", {"factor": -0.125}, lambda x: x * -0.125),
    ("dropout-resting", {"kind": "dropout", "rate": 0.4}, lambda x: F.dropout(x, 0.4, False)),
]:
    case(name, {"kind": name, **op}, [v], f)

case("max-pool", {"kind": "max-pool", "kernel": 2}, [x], lambda x: F.max_pool2d(x, 2))
case("max-pool-settings", {"kind": "max-pool", "kernel": 3, "stride": 2, "padding": 1}, [x], lambda x: F.max_pool2d(x, 3, 2, 1))
case("average-pool", {"kind": "average-pool", "kernel": 3, "stride": 1, "padding": 1}, [x], lambda x: F.avg_pool2d(x, 3, 1, 1))
case("adaptive-average-pool", {"kind": "adaptive-average-pool", "places": 3}, [x], lambda x: F.adaptive_avg_pool2d(x, 3))
case("adaptive-max-pool", {"kind": "adaptive-max-pool"}, [x], lambda x: F.adaptive_max_pool2d(x, 1))
case("flatten", {"kind": "flatten"}, [x], lambda x: x.flatten(1))
case("flatten-places", {"kind": "flatten", "first": 2}, [x], lambda x: x.flatten(2))
case("reshape", {"kind": "reshape", "shape": [8, -1]}, [x], lambda x: x.reshape(2, 8, 8))
case("permute", {"kind": "permute", "order": [0, 2, 3, 1]}, [x], lambda x: x.permute(0, 2, 3, 1))
case("select", {"kind": "select", "dimension": 2, "place": -1}, [x], lambda x: x.select(2, -1))
case("mean", {"kind": "mean", "dimension": -1}, [x], lambda x: x.mean(-1))
case("add", {"kind": "add"}, [x, randn(2, 4, 1, 4), randn(2, 4, 4, 4)], lambda a, b, c: a + b + c)
case("multiply", {"kind": "multiply"}, [x, randn(2, 4, 1, 1)], lambda a, b: a * b)
case("concat", {"kind": "concat"}, [x, randn(2, 1, 4, 4)], lambda a, b: torch.cat([a, b], 1))
case("interpolate-nearest", {"kind": "interpolate", "height": 9, "width": 4}, [x], lambda x: F.interpolate(x, (9, 4)))
case("interpolate-bilinear", {"kind": "interpolate", "height": 9, "method": "bilinear"}, [x],
     lambda x: F.interpolate(x, (9, 9), mode="bilinear", align_corners=False))
case("interpolate-bicubic", {"kind": "interpolate", "height": 3, "method": "bicubic"}, [x],
     lambda x: F.interpolate(x, (3, 3), mode="bicubic", align_corners=False))
case("embedding", {"kind": "embedding", "count": 5, "length": 3}, [torch.tensor([[0, 4, 2], [2, 2, 1]])],
     lambda x, weight: F.embedding(x, weight), {"weight": randn(5, 3)})
case("parameter", {"kind": "parameter", "size": [2, 3]}, [v], lambda x, weight: weight.expand(2, 2, 3), {"weight": randn(2, 3)})


def attention(causal):
    def function(x, in_proj_weight, out_proj_weight, in_proj_bias=None, out_proj_bias=None):
        mask = torch.triu(torch.ones(3, 3, dtype=torch.bool), 1) if causal else None
        y = x.transpose(0, 1)
        return F.multi_head_attention_forward(
            y, y, y, 4, 2, in_proj_weight, in_proj_bias, None, None, False, 0.0, out_proj_weight, out_proj_bias,
            training=True, need_weights=False, attn_mask=mask)[0].transpose(0, 1)
    return function


t = randn(2, 3, 4)
case("attention", {"kind": "attention", "heads": 2}, [t], attention(False),
     {"in_proj_weight": randn(12, 4), "in_proj_bias": randn(12), "out_proj.weight": randn(4, 4), "out_proj.bias": randn(4)})
case("attention-causal", {"kind": "attention", "heads": 2, "causal": True, "bias": False}, [t], attention(True),
     {"in_proj_weight": randn(12, 4), "out_proj.weight": randn(4, 4)})

s, y = randn(4, 3), torch.tensor([0, 2, 1, 2])
w = torch.tensor([0.5, 1.0, 2.0], dtype=D)
case("cross-entropy", {"kind": "cross-entropy"}, [s, y], lambda s, y: F.cross_entropy(s, y))
case("cross-entropy-settings", {"kind": "cross-entropy", "smoothing": 0.1, "classWeights": [0.5, 1.0, 2.0]}, [s, y],
     lambda s, y, weight: F.cross_entropy(s, y, weight, label_smoothing=0.1), buffers={"weight": w})
case("cross-entropy-probabilities", {"kind": "cross-entropy"}, [s, F.softmax(randn(4, 3), 1)], lambda s, y: F.cross_entropy(s, y))
p, q = torch.rand(4, 3, dtype=D), torch.rand(4, 3, dtype=D)
case("mse", {"kind": "mse"}, [p, q], F.mse_loss)
case("l1", {"kind": "l1"}, [p, q], F.l1_loss)
case("huber", {"kind": "huber", "delta": 0.3}, [p, q], lambda a, b: F.huber_loss(a, b, delta=0.3))
case("bce-logits", {"kind": "bce"}, [s, q], F.binary_cross_entropy_with_logits)
case("bce-probabilities", {"kind": "bce", "logits": False}, [p, q], F.binary_cross_entropy)
case("kl", {"kind": "kl"}, [F.log_softmax(s, 1), F.softmax(p, 1)], lambda a, b: F.kl_div(a, b, reduction="batchmean"))

lines = ",\n".join(json.dumps(name) + ": " + json.dumps(each) for name, each in cases.items())
print('{"versions": ' + json.dumps({"torch": torch.__version__}) + ',\n"cases": {\n' + lines + "\n}}")
