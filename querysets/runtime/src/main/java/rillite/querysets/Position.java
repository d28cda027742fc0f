package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Hop;
import rillite.querysets.ast.Path;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/**
 * A row within a query: the row of a table that a path of joins leads to.
 *
 * @param trim where columns of this row can be read without the last join; null when that is impossible
 */
record Position(TableModel model, Path path, @Nullable Trim trim) {

    /** The columns {@code from} of the row at {@code owner} hold the values of the columns {@code to}. */
    record Trim(Path owner, List<Column> from, List<Column> to) {

        /** None where values that a foreign key takes for equal may differ. */
        static @Nullable Trim of(Path owner, List<Column> from, List<Column> to) {
            for (int i = 0; i < from.size(); i++) {
                if (!from.get(i).collation().equals(to.get(i).collation())) {
                    return null;
                }
            }
            return new Trim(owner, from, to);
        }
    }

    static Position root(TableModel model) {
        return model.root().position();
    }

    /** The first row behind a many-to-many relation, in a SELECT from its link table. */
    static Position behindLink(TableModel target, Relation.Link link) {
        return new Position(target, Path.ROOT, null).overLink(target, link);
    }

    private Position overLink(TableModel target, Relation.Link link) {
        boolean optional = link.to().stream().anyMatch(column -> !column.notNull());
        Hop hop = Hop.of(target.table(), link.to(), link.target(), optional, false);
        return new Position(target, path.then(hop), Trim.of(path, link.to(), link.target()));
    }

    /** Whether this is the row of the query itself. */
    boolean isRoot() {
        return path.isRoot() && trim == null;
    }

    /** A column of this row. */
    ColumnRef column(Column column) {
        int place = trim == null ? -1 : trim.to().indexOf(column);
        return trim == null || place < 0
                ? new ColumnRef(path, column, 0)
                : new ColumnRef(trim.owner(), trim.from().get(place), 0);
    }

    /** The same column, seen from a SELECT within. */
    ColumnRef columnFromWithin(Column column) {
        ColumnRef here = column(column);
        return new ColumnRef(here.path(), here.column(), 1);
    }

    List<Expression> columns(List<Column> columns) {
        return columns.stream().<Expression>map(this::column).toList();
    }

    /** The row or rows to which a relation leads; this row repeats for several. */
    Position join(Relation relation) {
        return join(relation, Condition.ALWAYS, "");
    }

    /** The rows to which a relation leads and which fulfil a condition of the join. */
    Position join(Relation relation, Condition on, String name) {
        TableModel target = model.target(relation);
        boolean many = relation.kind().isMany();
        if (relation.link() != null) {
            Relation.Link link = relation.link();
            Hop hop = new Hop(link.table(), relation.from(), relation.to(), true, true, Condition.ALWAYS, name);
            Position behind = new Position(model, path.then(hop), null).overLink(target, link);
            if (on.isAlways()) {
                return behind;
            }
            Hop last = behind.path.last();
            Hop filtered = new Hop(last.table(), last.from(), last.to(), true, false, on, name);
            return new Position(target, path.then(hop).then(filtered), null);
        }
        boolean filtered = !on.isAlways();
        boolean optional = filtered || many || relation.kind() == Relation.Kind.ONE_TO_ONE || relation.optional();
        Hop hop = new Hop(target.table(), relation.from(), relation.to(), optional, many, on, name);
        boolean trims = relation.kind() == Relation.Kind.TO_ONE && !filtered;
        return new Position(target, path.then(hop), trims ? Trim.of(path, relation.from(), relation.to()) : null);
    }
}
