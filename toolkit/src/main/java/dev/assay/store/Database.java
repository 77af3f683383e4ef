package dev.assay.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The engine below a store. Safe for use by several threads, which take turns. */
interface Database extends AutoCloseable {

    /** Runs queries. */
    <T> T read(Function<Handle, T> body);

    /** Runs statements of which all or none take effect. The body may be run again if they could not. */
    <T> T transaction(Function<Handle, T> body);

    /** Milliseconds since 1970 by the clock that all users of this database share. */
    long now(Handle handle);

    /** What a query that picks one row of {@code trial} to change it must end with, so that no two pick the same. */
    String pickingOne();

    @Override
    void close();
}
