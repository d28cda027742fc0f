package rillite.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.cli.Json;

/**
 * What was asked of an import.
 *
 * @param table name of the table
 * @param columns where the fields of CSV go; empty for the names in the input
 * @param create whether to make the table when it is missing
 * @param key the primary key of a table that is made
 * @param rejected where records go that cannot be stored
 * @param force whether that file may be replaced
 * @param resume whether to go on behind an earlier run
 * @param restart whether to forget an earlier run
 */
record ImportCall(
        Path database,
        String table,
        InputShape shape,
        List<String> columns,
        boolean create,
        @Nullable String key,
        Path rejected,
        boolean force,
        boolean resume,
        boolean restart,
        Importer.Options options) {

    ImportCall {
        columns = List.copyOf(columns);
    }

    /** All that decides what becomes of a record: two runs with the same text may follow each other. */
    String text(ImportTarget target) {
        return Json.line(List.of(
                target.sql(),
                shape.form().name(),
                String.valueOf(shape.delimiter()),
                shape.header(),
                String.valueOf(shape.encoding()),
                columns,
                rejected.toAbsolutePath().normalize().toString()));
    }
}
