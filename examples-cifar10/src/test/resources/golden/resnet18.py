"""A state dict of ResNet-18 with the names, order and arithmetic of torchvision.models.resnet18, made small, and its logits.

    python resnet18.py OUT_FILE

Written without torchvision, whose network it repeats: width 2 in place of 64, 10 classes. Besides the state dict the file has `input`, of shape
(3, 3, 32, 32), and `expected`, the logits for it in evaluation.
"""
import json, struct, sys
import torch
from torch import nn

torch.manual_seed(7)
torch.set_num_threads(1)


class BasicBlock(nn.Module):
    def __init__(self, channels_in, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        if stride > 1:
            self.downsample = nn.Sequential(nn.Conv2d(channels_in, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        past = self.downsample(x) if hasattr(self, "downsample") else x
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + past)


class ResNet18(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        channels = width
        for i in range(4):
            wide = width << i
            layer = nn.Sequential(BasicBlock(channels, wide, 1 if i == 0 else 2), BasicBlock(wide, wide, 1))
            setattr(self, f"layer{i + 1}", layer)
            channels = wide
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


net = ResNet18(2, 10)
for name, tensor in net.state_dict().items():
    if name.endswith("running_mean"):
        tensor.normal_(0, 0.2)
    elif name.endswith("running_var"):
        tensor.uniform_(0.5, 1.5)
    elif ".bn" in name or name.startswith("bn") or "downsample.1" in name:
        if tensor.is_floating_point():
            tensor.uniform_(0.5, 1.5)
images = torch.randn(3, 3, 32, 32)
with torch.no_grad():
    logits = net.eval()(images)

header, data = {}, b""
for name, tensor in {**net.state_dict(), "input": images, "expected": logits}.items():
    kind, form = ("F32", "f") if tensor.dtype == torch.float32 else ("I64", "q")
    values = tensor.flatten().tolist()
    content = struct.pack(f"<{len(values)}{form}", *values)
    header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(content)]}
    data += content
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
