package dev.assay.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.assay.error.AssayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Methods in TorchScript, each run by one call into the engine. They reach every operator libtorch has, those DJL has no method for among
 * them. The language is that of the code in a TorchScript archive, narrower than Python: operators by their full name ({@code torch.add}), all
 * names of types spelled out.
 *
 * <pre>{@code
 * TorchScript script = TorchScript.compile("def twice(self, x: Tensor) -> Tensor:\n  return torch.mul(x, 2)\n");
 * NDArray doubled = script.call(manager, "twice", array).get(0);
 * }</pre>
 *
 * <p>A call takes part in the recording of gradients as any other operation of its thread does. Several threads may call one script.
 */
public final class TorchScript implements AutoCloseable {
    private static final String HEAD =
            "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";
    private static final Pattern METHOD = Pattern.compile("def (\\w+)\\(self(.*\\) -> .*:)");
    /**
     * Called while gradients are recorded, the engine would replace operators by its own derivatives of them, which are slower by far; so a
     * method begins unrecorded and turns recording on itself.
     */
    private static final String BEGIN =
            "def $1(self: __torch__.M, recording: bool$2\n  torch.set_grad_enabled(recording)";

    private static final Pattern LINE = Pattern.compile("^(?=.)", Pattern.MULTILINE);

    private final String code;
    private long module;

    private TorchScript(String code, long module) {
        this.code = code;
        this.module = module;
    }

    /**
     * Compiles methods.
     *
     * @param methods {@code def name(self, …) -> …:} and body, one after the other, not indented
     * @throws AssayException if the engine refuses them, with its words and the code
     */
    public static TorchScript compile(String methods) {
        NativeEngine.version();
        String typed = METHOD.matcher(methods).replaceAll(BEGIN);
        String code = HEAD + LINE.matcher(typed).replaceAll("  ");
        try {
            return new TorchScript(
                    methods,
                    JniUtils.loadModuleHandle(
                            new ByteArrayInputStream(ScriptArchive.write(code)), Device.cpu(), false, false));
        } catch (EngineException e) {
            throw new AssayException("The engine refuses the code:\n" + methods + "\n" + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets it be closed with an owner of arrays. */
    public TorchScript attach(NDManager owner) {
        owner.attachInternal("script-" + UUID.randomUUID(), this);
        return this;
    }

    /** The methods as they were given. */
    public String code() {
        return code;
    }

    /**
     * Runs a method.
     *
     * @param owner of the arrays that come back
     * @param arguments in the order of the method's parameters: an {@link NDArray}, a collection of them or of Doubles, a Double, a Long, a Boolean a
     *     {@code double[]} or a {@code long[]}
     * @return the array or the arrays the method returns; none if it returns none
     * @throws EngineException with the engine's words if the method fails
     */
    public List<NDArray> call(NDManager owner, String method, Object... arguments) {
        List<IValue> values = new ArrayList<>();
        boolean recording = JniUtils.isGradMode();
        try {
            values.add(IValue.from(recording));
            for (Object argument : arguments) {
                values.add(value(argument));
            }
            JniUtils.setGradMode(false);
            try (IValue result = Native.run(module, method, values)) {
                return arrays(result, (PtNDManager) owner);
            }
        } finally {
            JniUtils.setGradMode(recording);
            values.forEach(IValue::close);
        }
    }

    @Override
    public void close() {
        if (module != 0) {
            JniUtils.deleteModule(module);
            module = 0;
        }
    }

    private static IValue value(Object argument) {
        if (argument instanceof boolean[] truths) {
            return IValue.listFrom(truths);
        }
        if (argument instanceof PtNDArray array) {
            return IValue.from(array);
        }
        if (argument instanceof Collection<?> numbers && numbers.stream().anyMatch(Double.class::isInstance)) {
            return IValue.listFrom(numbers.stream()
                    .map(Double.class::cast)
                    .mapToDouble(Double::doubleValue)
                    .toArray());
        }
        if (argument instanceof Collection<?> arrays) {
            return IValue.listFrom(arrays.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
        }
        if (argument instanceof Double number) {
            return IValue.from(number.doubleValue());
        }
        if (argument instanceof Boolean truth) {
            return IValue.from(truth.booleanValue());
        }
        if (argument instanceof Long number) {
            return IValue.from(number.longValue());
        }
        throw new IllegalArgumentException("A method of TorchScript takes no " + argument.getClass());
    }

    private static List<NDArray> arrays(IValue result, PtNDManager owner) {
        if (result.isTensor()) {
            return List.of(result.toTensor(owner));
        }
        return result.isTensorList() ? List.of(result.toTensorArray(owner)) : List.of();
    }

    /** What DJL keeps to itself: its own ways to run a method leave gradients unrecorded, or take arrays by name only. */
    private static final class Native {
        private static final MethodHandle RUN;
        private static final MethodHandle VALUE;

        static {
            try {
                Class<?> library = Class.forName("ai.djl.pytorch.jni.PyTorchLibrary");
                MethodHandles.Lookup inside = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
                Object instance =
                        inside.findStaticGetter(library, "LIB", library).invoke();
                MethodType type = MethodType.methodType(
                        long.class, long.class, String.class, long[].class, boolean.class, boolean.class);
                RUN = inside.findVirtual(library, "moduleRunMethod", type).bindTo(instance);
                VALUE = inside.findConstructor(IValue.class, MethodType.methodType(void.class, long.class));
            } catch (Throwable e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private Native() {}

        static IValue run(long module, String method, List<IValue> arguments) {
            long[] handles = arguments.stream().mapToLong(IValue::getHandle).toArray();
            try {
                return (IValue) VALUE.invokeExact((long) RUN.invokeExact(module, method, handles, true, false));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
