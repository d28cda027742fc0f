package rillite.querysets;

/**
 * A relation narrowed by a condition, for {@code annotate("big", FilteredRelation.of("books", Q.of("pages__gt", 100)))}.
 * Afterwards {@code big} is a relation like others. Immutable.
 *
 * <p>The condition belongs to the join: rows without such related rows stay.
 */
public final class FilteredRelation {

    private final KeyPath path;
    private final Q<?> condition;

    private FilteredRelation(KeyPath path, Q<?> condition) {
        this.path = path;
        this.condition = condition;
    }

    /** Narrows a relation of the queried table; the names in the condition are those of the related table. */
    public static FilteredRelation of(String relation, Q<?> condition) {
        return new FilteredRelation(KeyPath.of(relation), condition);
    }

    static FilteredRelation of(KeyPath relation, Q<?> condition) {
        return new FilteredRelation(relation, condition);
    }

    KeyPath path() {
        return path;
    }

    Q<?> condition() {
        return condition;
    }

    @Override
    public String toString() {
        return path + " where " + condition;
    }
}
