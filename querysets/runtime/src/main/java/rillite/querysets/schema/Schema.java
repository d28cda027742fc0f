package rillite.querysets.schema;

import java.util.List;
import java.util.Optional;

/**
 * The discovered content of one database file at one moment.
 *
 * @param tables tables, views, virtual tables and their shadow tables, ordered by name; SQLite's own tables are left out
 * @param encoding text encoding of the file, for example {@code UTF-8}
 * @param sqliteVersion version of the SQLite library that read the file
 */
public record Schema(List<Table> tables, String encoding, String sqliteVersion) {

    public Schema {
        tables = List.copyOf(tables);
    }

    /** Finds a table or view by its exact name. */
    public Optional<Table> find(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }
}
