package rillite.querysets.schema;

import java.util.List;

/**
 * An index, or the index behind a UNIQUE or PRIMARY KEY declaration.
 *
 * @param name name of the index
 * @param table table it belongs to
 * @param unique whether it forbids duplicates
 * @param origin what created it
 * @param partial whether it has a WHERE clause
 * @param columns names of the key columns in order; expressions are left out
 * @param hasExpressions whether at least one term is an expression
 */
public record Index(
        String name,
        String table,
        boolean unique,
        Origin origin,
        boolean partial,
        List<String> columns,
        boolean hasExpressions) {

    /** What created an index. */
    public enum Origin {
        CREATE_INDEX,
        UNIQUE,
        PRIMARY_KEY;

        static Origin of(String code) {
            return switch (code) {
                case "pk" -> PRIMARY_KEY;
                case "u" -> UNIQUE;
                default -> CREATE_INDEX;
            };
        }
    }

    public Index {
        columns = List.copyOf(columns);
    }
}
