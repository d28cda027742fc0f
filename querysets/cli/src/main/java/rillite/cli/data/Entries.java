package rillite.cli.data;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records of an input, read one by one. Errors of the input are {@link rillite.cli.Failure}s with the line. */
interface Entries extends AutoCloseable {

    /** Names of the values; empty where the input has none. */
    List<String> names();

    /** The next record, null at the end. */
    @Nullable Entry next();

    @Override
    void close() throws IOException;
}
