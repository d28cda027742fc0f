package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/**
 * Which columns whole rows of a query have, and which related rows come along. Values ignore it.
 *
 * @param choice what {@code only} and {@code defer} say
 * @param needed columns that are read whatever was chosen
 * @param joins to-one relations in the same statement
 * @param prefetched relations with a statement of their own
 */
record Loading(ColumnChoice choice, List<Column> needed, List<Joined> joins, List<Prefetched> prefetched) {

    static final Loading NONE = new Loading(ColumnChoice.ALL, List.of(), List.of(), List.of());

    /** A joined relation and what is joined to its row. */
    record Joined(Relation relation, List<Joined> joins) {
        public Joined {
            joins = List.copyOf(joins);
        }
    }

    /**
     * A relation that is read by a query of its own; the ways through it are part of that query.
     *
     * @param holder under which name rows hold what is read
     * @param query over all rows of the related table that are wanted, whoever owns them
     * @param stated whether it was asked for itself, not only what is behind it
     * @param custom who made the query; null for all rows
     */
    record Prefetched(
            String holder,
            Relation relation,
            QueryState query,
            boolean stated,
            @Nullable Prefetch custom) {}

    public Loading {
        needed = List.copyOf(needed);
        joins = List.copyOf(joins);
        prefetched = List.copyOf(prefetched);
    }

    Loading with(ColumnChoice newChoice) {
        return new Loading(newChoice, needed, joins, prefetched);
    }

    Loading needing(List<Column> columns) {
        return new Loading(choice, columns, joins, prefetched);
    }

    /** Whether rows come without related rows. */
    boolean isAlone() {
        return joins.isEmpty() && prefetched.isEmpty();
    }

    /** Without related rows. */
    Loading alone() {
        return new Loading(choice, needed, List.of(), List.of());
    }

    /** The columns of the rows themselves: those that were chosen, and those by which related rows are found. */
    List<Column> columns(TableModel model) {
        List<Column> always = new ArrayList<>(needed);
        prefetched.forEach(one -> always.addAll(one.relation().from()));
        return choice.columns(model, List.of(), always);
    }

    Loading joined(TableModel model, KeyPath path) {
        return new Loading(choice, needed, joined(joins, model, path, 0), prefetched).checked(model);
    }

    private static List<Joined> joined(List<Joined> joins, TableModel model, KeyPath path, int at) {
        if (at == path.size()) {
            return joins;
        }
        Relation relation = relation(model, path, at);
        if (relation.kind().isMany()) {
            throw LoadingErrors.toManyInJoin(relation, path);
        }
        List<Joined> all = new ArrayList<>();
        List<Joined> behind = List.of();
        int place = joins.size();
        for (int i = 0; i < joins.size(); i++) {
            if (joins.get(i).relation().equals(relation)) {
                place = i;
                behind = joins.get(i).joins();
            }
        }
        all.addAll(joins.subList(0, place));
        all.add(new Joined(relation, joined(behind, model.target(relation), path, at + 1)));
        all.addAll(joins.subList(Math.min(place + 1, joins.size()), joins.size()));
        return all;
    }

    private static Relation relation(TableModel model, KeyPath path, int at) {
        String name = path.segment(at);
        Relation relation = model.find(name) == null ? model.relation(name) : null;
        if (relation == null) {
            throw Errors.unknownRelation(path, at, model);
        }
        return relation;
    }

    /** Refuses a choice of columns that lacks one which a join needs. */
    Loading checked(TableModel model) {
        check(model, List.of(), joins);
        return this;
    }

    private void check(TableModel model, List<Relation> way, List<Joined> from) {
        for (Joined join : from) {
            Relation relation = join.relation();
            if (relation.kind() == Relation.Kind.TO_ONE) {
                List<Column> columns = choice.columns(model, way, List.of());
                for (Column column : relation.from()) {
                    if (!columns.contains(column)) {
                        throw LoadingErrors.joinWithoutKey(relation, column, choice.verb());
                    }
                }
            }
            List<Relation> further = new ArrayList<>(way);
            further.add(relation);
            check(model.target(relation), further, join.joins());
        }
    }

    /** Adds the relations along a path to what is read by statements of their own. */
    Loading prefetched(QueryState owner, Prefetch prefetch) {
        return prefetched(owner, prefetch, 0);
    }

    private Loading prefetched(QueryState owner, Prefetch prefetch, int at) {
        KeyPath path = prefetch.path();
        boolean last = at + 1 == path.size();
        Prefetched named = find(path.segment(at));
        Relation relation = named == null ? relation(owner.model(), path, at) : named.relation();
        String holder = named == null ? relation.name() : named.holder();
        if (last && prefetch.name() != null) {
            holder = freeHolder(owner, relation, prefetch.name());
        }
        Prefetched known = find(holder);
        if (known == null) {
            TableModel target = owner.model().target(relation);
            known = new Prefetched(holder, relation, QueryState.all(owner.database(), target), false, null);
        }
        return last ? with(known, ended(owner, known, prefetch)) : with(known, passed(known, prefetch, at));
    }

    private static Prefetched passed(Prefetched known, Prefetch prefetch, int at) {
        QueryState query = known.query();
        Loading further = query.loading().prefetched(query, prefetch, at + 1);
        QueryState longer = query.with(draft -> draft.loading = further);
        return new Prefetched(known.holder(), known.relation(), longer, known.stated(), known.custom());
    }

    private static Prefetched ended(QueryState owner, Prefetched known, Prefetch prefetch) {
        UnaryOperator<QuerySet<Row>> change = prefetch.query();
        boolean clash = known.custom() != null || known.stated() && change != null;
        if (clash && known.custom() != prefetch) {
            throw LoadingErrors.twoQueries(owner.table(), known.holder());
        }
        if (change == null || clash) {
            return new Prefetched(known.holder(), known.relation(), known.query(), true, known.custom());
        }
        QuerySet<Row> given = QuerySet.of(known.query());
        QueryState query =
                Objects.requireNonNull(change.apply(given), "the query of a Prefetch must not be null").state;
        boolean whole = !query.isProjected() && !query.isGrouped() && !query.isClosed();
        if (!whole
                || !query.table().equals(known.query().table())
                || !query.database().equals(owner.database())) {
            throw LoadingErrors.notWholeRows(prefetch, known.query().table());
        }
        return new Prefetched(known.holder(), known.relation(), query, true, prefetch);
    }

    private String freeHolder(QueryState owner, Relation relation, String name) {
        TableModel model = owner.model();
        Prefetched known = find(name);
        boolean taken = model.find(name) != null
                || model.relation(name) != null
                || owner.annotations().containsKey(name);
        if (taken || name.isEmpty()) {
            throw LoadingErrors.takenHolder(owner.table(), name);
        }
        if (known != null && !known.relation().equals(relation)) {
            throw LoadingErrors.twoQueries(owner.table(), name);
        }
        return name;
    }

    private @Nullable Prefetched find(String name) {
        for (Prefetched one : prefetched) {
            if (one.holder().equals(name)
                    || TableModel.propertyName(one.holder()).equals(name)) {
                return one;
            }
        }
        return null;
    }

    private Loading with(Prefetched old, Prefetched replacement) {
        List<Prefetched> all = new ArrayList<>(prefetched);
        int place = all.indexOf(old);
        if (place < 0) {
            all.add(replacement);
        } else {
            all.set(place, replacement);
        }
        return new Loading(choice, needed, joins, all);
    }
}
