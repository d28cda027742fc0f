package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.ast.Hop;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Path;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.SqlText;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** The statement that reads one relation for many owners at once, and how its rows find their owners. */
final class Level {

    private static final String NUMBER = "row number";
    private static final String OWNER = "owner ";

    private final String holder;
    private final Relation relation;
    private final QueryState query;
    private final RowPlan plan;
    private final Origin origin;
    private final RelationKey key;

    private Level(String holder, Relation relation, QueryState query, RowPlan plan, Origin origin) {
        this.holder = holder;
        this.relation = relation;
        this.query = query;
        this.plan = plan;
        this.origin = origin;
        key = new RelationKey(relation.kind() == Relation.Kind.TO_ONE ? relation.to() : relation.from());
    }

    static Level of(Loading.Prefetched prefetched, Origin origin) {
        Relation relation = prefetched.relation();
        List<Column> needed =
                relation.link() == null ? relation.to() : relation.link().target();
        QueryState query = prefetched.query().needing(needed);
        return new Level(prefetched.holder(), relation, query, RowPlan.of(query, origin, relation), origin);
    }

    /** The name under which owners hold the rows. */
    String holder() {
        return holder;
    }

    /** How the rows are reached from the query that reads them. */
    Origin origin() {
        return origin;
    }

    boolean isMany() {
        return relation.kind().isMany();
    }

    /** Whether no row is wanted, whoever owns it. */
    boolean isEmpty() {
        return query.isEmpty();
    }

    /** How each row is read. */
    RowPlan plan() {
        return plan;
    }

    RelationKey key() {
        return key;
    }

    /** Positions of the key in rows of an owner. */
    int[] ownerPositions(RowShape owner) {
        return positions(owner, relation.from());
    }

    /** Positions of the key in the rows that are read; null when it stands in the cells after those of the row. */
    int @Nullable [] positions() {
        return relation.link() == null ? positions(plan.reader().shape(), relation.to()) : null;
    }

    /** Positions of what tells rows apart that several owners share. */
    int[] identity() {
        Relation.Link link = relation.link();
        return positions(plan.reader().shape(), link == null ? relation.to() : link.target());
    }

    private static int[] positions(RowShape shape, List<Column> columns) {
        return columns.stream()
                .mapToInt(column -> shape.position(column.name()))
                .toArray();
    }

    /** The columns of the link table that hold the key; they are read after the cells of the row. */
    List<Column> linkColumns() {
        return relation.link() == null ? List.of() : relation.to();
    }

    private List<Expression> keyColumns() {
        Relation.Link link = relation.link();
        if (link == null) {
            return query.model().expressions(relation.to());
        }
        Hop hop = new Hop(link.table(), link.target(), link.to(), true, true, Condition.ALWAYS, "owner");
        Path path = Path.ROOT.then(hop);
        return relation.to().stream()
                .<Expression>map(column -> ColumnRef.of(path, column))
                .toList();
    }

    /** The statement for the rows of some owners. */
    SqlText text(List<Object> keys) {
        List<Expression> columns = keyColumns();
        List<Expression> operands = key.operands(columns, relation.to());
        QueryState some = query.filter(RelationKey.among(operands, relation.to(), keys));
        return query.select().isSliced() ? sliced(some, columns, operands) : text(some, columns);
    }

    private SqlText text(QueryState state, List<Expression> keyColumns) {
        List<Expression> read = new ArrayList<>();
        state.outputs().forEach(output -> read.add(output.expression()));
        read.addAll(plan.joined());
        if (relation.link() != null) {
            read.addAll(keyColumns);
        }
        return state.text(state.selects().rows(read));
    }

    /** The window counts for each owner: rows are numbered within, and kept by their numbers. */
    private SqlText sliced(QueryState some, List<Expression> columns, List<Expression> operands) {
        Select window = some.select();
        QueryState all = some.with(window.withWindow(-1, 0));
        List<Ordering> order = new ArrayList<>(window.order());
        for (Expression part : all.model().expressions(all.model().key())) {
            order.add(new Ordering.By(part, false, null));
        }
        Expression number = new Expression.Window(
                new Expression.Call(Expression.Function.ROW_NUMBER, List.of()), operands, order, null);
        List<String> names = new ArrayList<>(List.of(NUMBER));
        List<Expression> hidden = new ArrayList<>(List.of(number));
        List<Expression> outside = new ArrayList<>();
        if (relation.link() != null) {
            for (int i = 0; i < columns.size(); i++) {
                names.add(OWNER + i);
                hidden.add(columns.get(i));
                outside.add(new Expression.Output(OWNER + i, true, 0));
            }
        }
        Expression place = new Expression.Output(NUMBER, false, 0);
        QueryState wrapped = Wrapping.with(all.order(List.of()), names, hidden)
                .filter(within(place, Slices.limit(window), Slices.offset(window)))
                .order(List.of(new Ordering.By(place, false, null)));
        return text(wrapped, outside);
    }

    private static Condition within(Expression place, long limit, long offset) {
        Condition after = new Condition.Compare(Condition.Comparison.GREATER, place, new Expression.Bind(offset));
        if (limit < 0) {
            return after;
        }
        Condition upTo =
                new Condition.Compare(Condition.Comparison.LESS_OR_EQUAL, place, new Expression.Bind(offset + limit));
        return offset == 0 ? upTo : Condition.all(List.of(after, upTo));
    }

    /** Too many rows for one chunk. */
    QueryException tooMany(int most) {
        return LoadingErrors.tooManyRelated(origin.way(), most);
    }
}
