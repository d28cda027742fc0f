package rillite.querysets;

import java.util.List;

/** The file has no table or view of that name. Thrown by the call that names it. */
public final class UnknownTableException extends QueryException {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final List<String> nearest;

    UnknownTableException(String message, String table, List<String> nearest) {
        super(message);
        this.table = table;
        this.nearest = List.copyOf(nearest);
    }

    /** The name that was asked for. */
    public String table() {
        return table;
    }

    /** Names of tables that look alike, nearest first; may be empty. */
    public List<String> nearest() {
        return nearest;
    }
}
