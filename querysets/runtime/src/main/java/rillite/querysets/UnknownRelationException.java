package rillite.querysets;

import java.util.List;

/** A name that is no relation of the table stands where a relation is needed. */
public final class UnknownRelationException extends QueryException {

    private static final long serialVersionUID = 1L;

    private final String relation;
    private final String table;
    private final List<String> nearest;

    UnknownRelationException(String message, String relation, String table, List<String> nearest) {
        super(message);
        this.relation = relation;
        this.table = table;
        this.nearest = List.copyOf(nearest);
    }

    /** The unknown name. */
    public String relation() {
        return relation;
    }

    /** The table that has no such relation. */
    public String table() {
        return table;
    }

    /** Names that may have been meant, nearest first; may be empty. */
    public List<String> nearest() {
        return nearest;
    }
}
