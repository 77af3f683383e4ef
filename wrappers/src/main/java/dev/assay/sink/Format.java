package dev.assay.sink;

import java.util.List;
import java.util.OptionalLong;

/** How a kind of file is made of recorded values. Files are only appended to. */
interface Format {

    /** Name of the file to write, there being others of this kind already, which are named in order. */
    String fileName(List<String> others);

    /**
     * What an empty file begins with.
     *
     * @param lastStep of the values that earlier files or attempts have, if any
     */
    byte[] beginning(OptionalLong lastStep);

    byte[] bytes(List<Recorded> values);
}
