package rillite.querysets.migrate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where files come from. */
interface Source {

    /**
     * Reads every file that ends with .sql, of the folder and of the environment's folder in it. Blocks.
     *
     * @param environment the name of a folder in the folder, or null
     * @throws InvalidMigrationException the folder or a file cannot be read, or is none that may be read
     */
    List<SourceFile> read(@Nullable String environment);
}
