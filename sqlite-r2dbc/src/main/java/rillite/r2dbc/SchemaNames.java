package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks up what the schema has, for "did you mean" in an error; on the lane that met the error. */
final class SchemaNames {
    private static final int MOST = 2_000;
    private static final String TABLES =
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite$_%' ESCAPE '$'";

    private SchemaNames() {}

    /** The names of the kind that is missing; empty rather than a second error. */
    static List<String> near(SqlitePhysical connection, MissingObject missing, String sql) {
        try {
            return switch (missing.kind()) {
                case TABLE -> connection.texts(TABLES, MOST);
                case FUNCTION -> connection.texts("SELECT DISTINCT name FROM pragma_function_list", MOST);
                case COLUMN -> columns(connection, missing.qualifier(), sql.toLowerCase(Locale.ROOT));
            };
        } catch (R2dbcException unreadable) {
            return List.of();
        }
    }

    /** The columns of the table that the qualifier is; of all tables the statement mentions when it is an alias. */
    private static List<String> columns(SqlitePhysical connection, @Nullable String qualifier, String sql) {
        List<String> tables = connection.texts(TABLES, MOST);
        boolean named = qualifier != null && tables.stream().anyMatch(qualifier::equalsIgnoreCase);
        List<String> columns = new ArrayList<>();
        for (String table : tables) {
            boolean meant = named ? table.equalsIgnoreCase(qualifier) : sql.contains(table.toLowerCase(Locale.ROOT));
            if (meant && columns.size() < MOST) {
                String literal = "'" + table.replace("'", "''") + "'";
                columns.addAll(connection.texts("SELECT name FROM pragma_table_xinfo(" + literal + ")", MOST));
            }
        }
        return columns;
    }
}
