package rillite.codegen;

import java.nio.file.Path;
import reactor.core.publisher.Mono;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;

/** Where a schema is read from. */
public interface SchemaSource {

    /** A database file, which is only read: it must exist, and keeps its journal mode. */
    static SchemaSource database(Path file) {
        return new DatabaseFile(file);
    }

    /**
     * Reads the schema when subscribed. Signals arrive on a thread of the driver. Cancelling gives up, and closes what was
     * opened.
     *
     * @param names names of relations; one that does not fit is an {@link IllegalArgumentException}
     */
    Mono<Schema> read(RelationNames names);

    /** A value that is equal to an earlier one as long as nothing was written to the source; cheap. */
    Object stamp();
}
