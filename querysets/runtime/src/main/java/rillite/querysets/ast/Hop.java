package rillite.querysets.ast;

import java.util.List;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * One join of a path.
 *
 * @param table what is joined
 * @param from columns of the row before it
 * @param to columns of the joined table that are equal to them
 * @param optional whether there may be no such row, so that only LEFT JOIN keeps the row before it
 * @param many whether there may be several, so that the row before it repeats
 * @param on further conditions of the join, written against the same root; in there this join itself is meant by the hop
 *     over the same columns that has no condition; {@link Condition#ALWAYS} for none
 * @param name tells two joins over the same columns apart; empty unless they must differ
 */
public record Hop(
        Table table, List<Column> from, List<Column> to, boolean optional, boolean many, Condition on, String name) {

    public Hop {
        from = List.copyOf(from);
        to = List.copyOf(to);
        if (from.isEmpty() || from.size() != to.size()) {
            throw new IllegalArgumentException(from.size() + " columns joined to " + to.size());
        }
    }

    /** A join over columns alone. */
    public static Hop of(Table table, List<Column> from, List<Column> to, boolean optional, boolean many) {
        return new Hop(table, from, to, optional, many, Condition.ALWAYS, "");
    }

    /** This join with a further condition and a name that tells it from others over the same columns. */
    public Hop on(Condition newOn, String newName) {
        return new Hop(table, from, to, optional, many, newOn, newName);
    }

    boolean hasCondition() {
        return !on.isAlways();
    }

    /** Whether rows without a partner keep NULLs instead of going away, as far as the join itself can tell. */
    boolean mayBeAbsent() {
        return optional || !name.isEmpty() || hasCondition();
    }

    /** Whether the condition of this join means the join itself by the given one. */
    boolean isMeantBy(Hop other) {
        return !other.hasCondition()
                && (other.name.isEmpty() || other.name.equals(name))
                && other.table.equals(table)
                && other.from.equals(from)
                && other.to.equals(to);
    }

    /**
     * Whether a pair of columns must be compared with the one of the row before it first: SQLite takes the collation of the
     * first one, and a foreign key that of the column it references.
     */
    boolean comparesAsBefore(int pair) {
        Column before = from.get(pair);
        return !before.collation().equals(to.get(pair).collation())
                && table.foreignKeys().stream()
                        .anyMatch(key -> key.parentTable().equalsIgnoreCase(before.table())
                                && isNamed(key.columns(), to)
                                && isNamed(key.parentColumns(), from));
    }

    private static boolean isNamed(List<String> names, List<Column> columns) {
        return names.size() == columns.size()
                && columns.stream().allMatch(column -> names.stream().anyMatch(column.name()::equalsIgnoreCase));
    }

    /** By names, which is cheap; conditions seldom tell joins apart. */
    @Override
    public int hashCode() {
        return 31 * (31 * table.hashCode() + from.get(0).hashCode()) + name.hashCode();
    }
}
