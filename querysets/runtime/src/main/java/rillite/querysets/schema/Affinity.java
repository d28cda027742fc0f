package rillite.querysets.schema;

import java.util.Locale;

/** The affinity of a column: which storage SQLite prefers for its values. */
public enum Affinity {
    INTEGER,
    REAL,
    NUMERIC,
    TEXT,
    /** No preference: values keep the storage in which they arrive. */
    BLOB;

    /** Applies SQLite's rules to a declared type. */
    public static Affinity of(String declaredType) {
        String type = declaredType.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return INTEGER;
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return TEXT;
        }
        if (type.isEmpty() || type.contains("BLOB")) {
            return BLOB;
        }
        if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
            return REAL;
        }
        return type.equals("ANY") ? BLOB : NUMERIC;
    }
}
