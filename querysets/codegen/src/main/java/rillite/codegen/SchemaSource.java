package rillite.codegen;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.Migrations;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;

/** Where a schema is read from. */
public interface SchemaSource {

    /** A database file, which is only read: it must exist, and keeps its journal mode. */
    static SchemaSource database(Path file) {
        return new DatabaseFile(file);
    }

    /** The migrations of a folder, which are applied to a temporary file. */
    static SchemaSource migrations(Path folder) {
        return migrations(folder, migrations -> migrations);
    }

    /**
     * The migrations of a folder, which are applied to a temporary file.
     *
     * @param settings what the migrations need: an environment, placeholders
     */
    static SchemaSource migrations(Path folder, UnaryOperator<Migrations> settings) {
        return new MigrationFolder(folder, settings);
    }

    /**
     * Reads the schema when subscribed. Signals arrive on a thread of the driver. Cancelling gives up, and closes what was
     * opened.
     *
     * @param names names of relations
     * @return a {@link CodegenException} where it cannot be read, or a name does not fit; where migrations fail, their
     *     exception
     */
    Mono<Schema> read(RelationNames names);

    /** A value that is equal to an earlier one as long as nothing was written to the source; cheap. */
    Object stamp();

    /**
     * A text that is the same as an earlier one, also one of another program, only as long as the schema is: of a database
     * file, the time and size of its files; of migrations, all that they say. Found when subscribed, without a database.
     * Signals arrive on the subscribing thread, or that of the migrations.
     *
     * @return where migrations cannot be read, their exception
     */
    Mono<String> fingerprint();
}
