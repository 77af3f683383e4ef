package dev.assay.engine;

import ai.djl.ndarray.types.DataType;
import dev.assay.error.AssayException;
import java.util.Arrays;

/** A type of array elements the native engine can hold; it ends the process on any other, so nothing else may reach it from a file. */
public enum ElementType {
    FLOAT32("F32", DataType.FLOAT32),
    FLOAT64("F64", DataType.FLOAT64),
    INT64("I64", DataType.INT64),
    INT32("I32", DataType.INT32),
    INT8("I8", DataType.INT8),
    UINT8("U8", DataType.UINT8),
    BOOLEAN("BOOL", DataType.BOOLEAN);

    private final String safetensorsName;
    private final DataType dataType;

    ElementType(String safetensorsName, DataType dataType) {
        this.safetensorsName = safetensorsName;
        this.dataType = dataType;
    }

    /**
     * The type with that name in a safetensors header.
     *
     * @throws AssayException if the engine cannot hold it
     */
    public static ElementType parse(String safetensorsName) {
        return Arrays.stream(values())
                .filter(type -> type.safetensorsName.equals(safetensorsName))
                .findFirst()
                .orElseThrow(() -> unsupported(safetensorsName));
    }

    /**
     * The type of DJL's that name.
     *
     * @throws AssayException if the engine cannot hold it
     */
    public static ElementType from(DataType dataType) {
        return Arrays.stream(values())
                .filter(type -> type.dataType == dataType)
                .findFirst()
                .orElseThrow(() -> unsupported(dataType.name()));
    }

    public String safetensorsName() {
        return safetensorsName;
    }

    public DataType dataType() {
        return dataType;
    }

    /** Bytes of one element. */
    public int bytes() {
        return dataType.getNumOfBytes();
    }

    private static AssayException unsupported(String name) {
        return new AssayException("Element type (" + name + ") cannot be held by the native engine; the types are "
                + Arrays.toString(values()) + ".");
    }
}
