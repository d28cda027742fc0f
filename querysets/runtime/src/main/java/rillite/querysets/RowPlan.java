package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.ColumnRef;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/**
 * What is read for each row of a query, and which related rows complete it. Computed once for a query, and shared.
 *
 * <p>The statement of the query reads the outputs of the query, then {@link #joined}. {@link #reader} makes rows of them;
 * their places for {@link #levels} are filled afterwards. Then the rows are complete, and a mapper may turn them into
 * something else: it finds the related rows, complete too, by {@link Row#one} and {@link Row#list}, or by {@link
 * RowShape#slot} once for a shape and {@link Row#related} for each row.
 */
final class RowPlan {

    private final RowReader reader;
    private final List<Expression> joined;
    private final List<Level> levels;
    private final @Nullable String known;
    private final List<Level> behindKnown;

    private RowPlan(
            RowReader reader,
            List<Expression> joined,
            List<Level> levels,
            @Nullable String known,
            List<Level> behindKnown) {
        this.reader = reader;
        this.joined = List.copyOf(joined);
        this.levels = List.copyOf(levels);
        this.known = known;
        this.behindKnown = List.copyOf(behindKnown);
    }

    /** The plan of rows without related ones. */
    static RowPlan alone(RowShape shape) {
        return new RowPlan(new RowReader(shape, 0, List.of()), List.of(), List.of(), null, List.of());
    }

    /** The plan of a query for its own sake. */
    static RowPlan of(QueryState state) {
        if (state.isAlone()) {
            RowPlan whole = state.model().root().plan();
            return state.shape() == whole.reader().shape() ? whole : alone(state.shape());
        }
        return of(state, Origin.of(state.table()), null);
    }

    /**
     * The plan of a query whose rows belong to others.
     *
     * @param reached the relation that leads to its rows; the way back need not be read
     */
    static RowPlan of(QueryState state, Origin origin, @Nullable Relation reached) {
        if (state.isProjected()) {
            return alone(state.shape());
        }
        return new Planning(state, origin).plan(reached);
    }

    RowReader reader() {
        return reader;
    }

    /** Columns of joined rows, to be read after the outputs of the query. */
    List<Expression> joined() {
        return joined;
    }

    /** Relations that are read by statements of their own. */
    List<Level> levels() {
        return levels;
    }

    /** The place of the row to which a row belongs, which is known without reading; null for none. */
    @Nullable String known() {
        return known;
    }

    /** What is read for that row. */
    List<Level> behindKnown() {
        return behindKnown;
    }

    /** How many cells a row has. */
    int width() {
        return reader.shape().size() + joined.size();
    }

    private static final class Planning {
        private final QueryState state;
        private final Origin origin;
        private final List<Expression> joined = new ArrayList<>();
        private int cells;

        Planning(QueryState state, Origin origin) {
            this.state = state;
            this.origin = origin;
            cells = state.shape().size();
        }

        RowPlan plan(@Nullable Relation reached) {
            Loading loading = state.loading();
            Set<String> names = new LinkedHashSet<>();
            loading.joins().forEach(join -> names.add(join.relation().name()));
            loading.prefetched().forEach(one -> names.add(one.holder()));
            String known = reached == null ? null : wayBack(reached);
            List<Level> levels = new ArrayList<>();
            List<Level> behindKnown = List.of();
            for (Loading.Prefetched one : loading.prefetched()) {
                boolean isKnown = one.holder().equals(known);
                if (isKnown && one.custom() == null) {
                    behindKnown = of(one.query(), origin.then(one.holder()), one.relation())
                            .levels();
                } else {
                    known = isKnown ? null : known;
                    levels.add(Level.of(one, origin.then(one.holder())));
                }
            }
            if (known != null && !names.add(known) && isJoined(loading, known)) {
                known = null;
            }
            Slots slots = Slots.NONE.and(names);
            RowShape shape = state.shape().with(slots, origin);
            List<RowReader.Part> parts = parts(loading.joins(), Position.root(state.model()), slots, List.of(), origin);
            return new RowPlan(new RowReader(shape, 0, parts), joined, levels, known, behindKnown);
        }

        private static boolean isJoined(Loading loading, String name) {
            return loading.joins().stream()
                    .anyMatch(join -> join.relation().name().equals(name));
        }

        /** Against a foreign key each row belongs to the one row it was found by. */
        private @Nullable String wayBack(Relation reached) {
            boolean single = reached.link() == null && reached.kind() != Relation.Kind.TO_ONE;
            Relation back = single ? state.model().relation(reached.inverse()) : null;
            return back == null ? null : back.name();
        }

        private List<RowReader.Part> parts(
                List<Loading.Joined> joins, Position owner, Slots slots, List<Relation> way, Origin from) {
            List<RowReader.Part> parts = new ArrayList<>();
            for (Loading.Joined join : joins) {
                String name = join.relation().name();
                parts.add(part(join, slots.position(name), owner, way, from.then(name)));
            }
            return parts;
        }

        private RowReader.Part part(Loading.Joined join, int slot, Position owner, List<Relation> before, Origin from) {
            Relation relation = join.relation();
            Position position = owner.join(relation);
            List<Relation> way = new ArrayList<>(before);
            way.add(relation);
            List<Column> columns = state.loading().choice().columns(position.model(), way, relation.to());
            List<Output> outputs = new ArrayList<>();
            for (Column column : columns) {
                // Not where a key could be read without the join: it must tell whether the row is there.
                Expression read = ColumnRef.of(position.path(), column);
                outputs.add(new Output(
                        column.name(),
                        Operand.of(position, column, column.name()).as(read),
                        column));
                joined.add(read);
            }
            int start = cells;
            cells += columns.size();
            List<String> names =
                    join.joins().stream().map(one -> one.relation().name()).toList();
            Slots slots = Slots.NONE.and(names);
            boolean whole = columns.equals(position.model().visible());
            RowShape plain = whole ? position.model().shape() : RowShape.narrowed(position.model(), outputs);
            List<RowReader.Part> parts = parts(join.joins(), position, slots, way, from);
            int evidence = start + columns.indexOf(relation.to().get(0));
            return new RowReader.Part(slot, evidence, new RowReader(plain.with(slots, from), start, parts));
        }
    }
}
