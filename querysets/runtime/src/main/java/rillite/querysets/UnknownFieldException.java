package rillite.querysets;

import java.util.List;

/** The table has no column of that name. Thrown by the call that names it. */
public final class UnknownFieldException extends QueryException {

    private static final long serialVersionUID = 1L;

    private final String key;
    private final String field;
    private final String table;
    private final List<String> nearest;

    UnknownFieldException(String message, String key, String field, String table, List<String> nearest) {
        super(message);
        this.key = key;
        this.field = field;
        this.table = table;
        this.nearest = List.copyOf(nearest);
    }

    /** The whole key as written, for example {@code emial__endswith}. */
    public String key() {
        return key;
    }

    /** The part of the key that is unknown, for example {@code emial}. */
    public String field() {
        return field;
    }

    /** The table in which it was looked up. */
    public String table() {
        return table;
    }

    /** Names of columns that look alike, nearest first; may be empty. */
    public List<String> nearest() {
        return nearest;
    }
}
