package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Hop;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Path;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.SqlText;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;

/** Everything a query is, apart from the Java type of its rows. Immutable; each verb checks itself and gives a new one. */
final class QueryState {

    private static final KeyPath PK = KeyPath.of(Names.PK);

    private final Draft parts;
    private @Nullable RowShape shape;
    private @Nullable RowPlan plan;

    /** The parts of a state while it is being made. */
    static final class Draft {
        final Database database;
        final TableModel model;
        /** Only the annotations have names, because the rows are no rows of the table any more. */
        boolean closed;

        Map<String, Annotation> annotations = Map.of();
        Map<String, FilteredRelation> filtered = Map.of();
        /** Source, conditions, order and window; the columns are those of the outputs. */
        Select select;

        /** What {@code values} chose; null for whole rows. */
        @Nullable List<Output> values;

        /** What the rows of a group have in common; null when there are no groups. */
        @Nullable List<Expression> groups;

        /** The verb that computed the rows from others, so that they cannot be written; null for none. */
        @Nullable String combinedBy;

        Loading loading = Loading.NONE;
        int fetchSize;
        String comment = "";
        /** Where the last verb was called; null when insights are off. */
        final @Nullable Asking asking;

        private Draft(Database database, TableModel model) {
            this.database = database;
            this.model = model;
            asking = database.asking();
            select = model.root().select();
        }

        private Draft(Draft other) {
            database = other.database;
            model = other.model;
            closed = other.closed;
            annotations = other.annotations;
            filtered = other.filtered;
            select = other.select;
            values = other.values;
            groups = other.groups;
            combinedBy = other.combinedBy;
            loading = other.loading;
            fetchSize = other.fetchSize;
            comment = other.comment;
            asking = database.asking();
        }
    }

    private QueryState(Draft parts) {
        this.parts = parts;
    }

    static QueryState all(Database database, TableModel model) {
        return new QueryState(new Draft(database, model));
    }

    /** This state with other parts. */
    QueryState with(Consumer<Draft> change) {
        Draft draft = new Draft(parts);
        change.accept(draft);
        return new QueryState(draft);
    }

    QueryState with(Select select) {
        return with(draft -> draft.select = select);
    }

    Database database() {
        return parts.database;
    }

    /** Where its last verb was called; null when insights are off. */
    @Nullable Asking asking() {
        return parts.asking;
    }

    TableModel model() {
        return parts.model;
    }

    String table() {
        return parts.model.name();
    }

    Select select() {
        return parts.select;
    }

    Map<String, Annotation> annotations() {
        return parts.annotations;
    }

    Map<String, FilteredRelation> filtered() {
        return parts.filtered;
    }

    Loading loading() {
        return parts.loading;
    }

    int fetchSize() {
        return parts.fetchSize;
    }

    String comment() {
        return parts.comment;
    }

    @Nullable String combinedBy() {
        return parts.combinedBy;
    }

    /** Rows that a verb computed. */
    QueryState combinedBy(String verb) {
        return with(draft -> draft.combinedBy = verb);
    }

    boolean isClosed() {
        return parts.closed;
    }

    boolean isGrouped() {
        return parts.groups != null;
    }

    /** What the rows of a group have in common; null when there are no groups. */
    @Nullable List<Expression> groups() {
        return parts.groups;
    }

    /** Whether an expression has one value for each row, or for each group where there are groups. */
    boolean isCommon(Expression expression) {
        return parts.groups == null || parts.groups.contains(expression) || Traits.hasAggregate(expression);
    }

    /** Whether {@code values} chose what is read. */
    boolean isProjected() {
        return parts.values != null;
    }

    Names names() {
        Position root = parts.closed ? null : Position.root(parts.model);
        Names names = Names.of(parts.database, root, parts.annotations, parts.filtered);
        return isGrouped() ? names.grouping(this::repeatsFor) : names;
    }

    /** Whether no row can ever match, so that no statement is needed. */
    boolean isEmpty() {
        return parts.select.where().isNever() || parts.select.having().isNever();
    }

    /** What is read of each row, by position; related rows come after it. */
    List<Output> outputs() {
        if (parts.values != null) {
            return parts.values;
        }
        if (isWhole() && parts.annotations.isEmpty()) {
            return parts.model.outputs();
        }
        List<Column> columns = parts.loading.columns(parts.model);
        List<Output> outputs = new ArrayList<>(columns.size() + parts.annotations.size());
        if (columns.equals(parts.model.visible())) {
            outputs.addAll(parts.model.outputs());
        } else {
            columns.forEach(column -> outputs.add(parts.model.output(column)));
        }
        parts.annotations.forEach((name, annotation) -> {
            if (annotation.selected()) {
                outputs.add(new Output(name, annotation.operand(), null));
            }
        });
        return outputs;
    }

    /** Whether rows have all columns of the table. */
    private boolean isWhole() {
        return parts.loading.choice() == ColumnChoice.ALL
                || parts.loading.columns(parts.model).equals(parts.model.visible());
    }

    /** Whether rows come without related rows. */
    boolean isAlone() {
        return isProjected() || parts.loading.isAlone();
    }

    /** What is read for each row, and what completes it. */
    RowPlan plan() {
        RowPlan known = plan;
        if (known == null) {
            known = RowPlan.of(this);
            plan = known;
        }
        return known;
    }

    /** The same rows with columns that others need, whatever was chosen. */
    QueryState needing(List<Column> columns) {
        return with(draft -> draft.loading = parts.loading.needing(columns));
    }

    /** The same rows with another choice of their columns. */
    QueryState choosing(String verb, List<String> keys) {
        if (isProjected()) {
            throw LoadingErrors.columnsOfValues(verb, table());
        }
        ColumnChoice choice = ColumnChoice.of(verb, parts.model, keys);
        return with(draft -> draft.loading = parts.loading.with(choice).checked(parts.model));
    }

    QueryState joining(List<String> paths) {
        Loading loading = parts.loading;
        for (String path : paths) {
            loading = loading.joined(parts.model, KeyPath.of(path));
        }
        Loading all = loading;
        return with(draft -> draft.loading = all);
    }

    QueryState prefetching(List<Prefetch> prefetches) {
        Loading loading = parts.loading;
        for (Prefetch prefetch : prefetches) {
            loading = loading.prefetched(this, prefetch);
        }
        Loading all = loading;
        return with(draft -> draft.loading = all);
    }

    /** The values of the rows themselves in common, without related rows. */
    RowShape shape() {
        RowShape known = shape;
        if (known == null) {
            known = isProjected() ? projectedShape() : wholeShape();
            shape = known;
        }
        return known;
    }

    private RowShape projectedShape() {
        KnownColumns columns = known();
        return columns != null ? columns.shape() : RowShape.of(parts.model, outputs());
    }

    private RowShape wholeShape() {
        boolean all = isWhole();
        if (all && parts.annotations.isEmpty()) {
            return parts.model.shape();
        }
        return all ? RowShape.of(parts.model, outputs()) : RowShape.narrowed(parts.model, outputs());
    }

    QueryState unsliced(String verb) {
        if (parts.select.isSliced()) {
            throw Errors.afterSlice(verb, table());
        }
        return this;
    }

    QueryState filter(Q.Node node) {
        Condition condition = names().certainCondition(node);
        if (Traits.hasWindow(condition)) {
            // SQL computes windows after WHERE.
            return Wrapping.of(this).filter(node);
        }
        return filter(condition);
    }

    QueryState filter(Condition condition) {
        if (!Traits.hasAggregate(condition)) {
            return with(parts.select.withWhere(Condition.both(parts.select.where(), condition)));
        }
        if (!isGrouped()) {
            throw Errors.invalidQuery("A condition on an aggregate over columns of " + table()
                    + " itself needs groups: call values(..) and annotate before filter.");
        }
        List<Condition> rows = new ArrayList<>(List.of(parts.select.where()));
        List<Condition> groups = new ArrayList<>(List.of(parts.select.having()));
        List<Condition> all = condition instanceof Condition.And and ? and.parts() : List.of(condition);
        all.forEach(part -> (Traits.hasAggregate(part) ? groups : rows).add(part));
        return with(parts.select
                        .withWhere(Condition.all(rows))
                        .withGroups(parts.select.groups(), Condition.all(groups)))
                .checked();
    }

    QueryState none() {
        return with(parts.select.withWhere(Condition.NEVER));
    }

    QueryState filterKey(Object key, String verb) {
        List<Column> columns = parts.model.keyFor(verb);
        if (parts.closed && !outputs().stream().map(Output::column).toList().containsAll(columns)) {
            throw Errors.invalidQuery("Cannot " + verb + " \"" + table() + "\": the key is not among the values.");
        }
        RootRow root = parts.model.root();
        if (columns.size() == 1 && isPlain(Objects.requireNonNull(key, "key"))) {
            Condition found = new Lookups(names(), root.keyOperand(), Lookup.EXACT).build(null, key);
            return with(parts.select.withWhere(Condition.both(parts.select.where(), found)));
        }
        Reached.Keys keys = Objects.requireNonNull(root.key());
        return filter(new RelationKeys(names(), keys).condition(new Pair(PK, key)));
    }

    /** Whether a key is a value, with nothing in it to look into. */
    private static boolean isPlain(Object key) {
        return key instanceof Number
                || !(key instanceof Keyed
                        || key instanceof Collection<?>
                        || key instanceof Expr<?, ?>
                        || key instanceof Query<?, ?, ?>);
    }

    QueryState order(List<Ordering> order) {
        QueryState ordered = with(parts.select.withOrder(order));
        if (!isGrouped()
                && order.stream()
                        .anyMatch(term -> term instanceof Ordering.By by && Traits.hasAggregate(by.expression()))) {
            throw Errors.invalidQuery("An order by an aggregate over columns of " + table()
                    + " itself needs groups: call values(..) and annotate before orderBy.");
        }
        return ordered.checked();
    }

    /** This state, after a look at whether its aggregates disturb each other. */
    private QueryState checked() {
        if (parts.groups != null) {
            Fanout.check(this, parts.groups);
        }
        return this;
    }

    /** Orders by the key where no order was asked for, if there is a key. */
    QueryState orderedSomehow() {
        if (!parts.select.order().isEmpty()) {
            return this;
        }
        List<Expression> terms = parts.closed || isGrouped()
                ? outputs().stream().map(Output::expression).toList()
                : parts.model.expressions(parts.model.key());
        return order(terms.stream()
                .<Ordering>map(expression -> new Ordering.By(expression, false, null))
                .toList());
    }

    QueryState reversed(String verb) {
        QueryState ordered = orderedSomehow();
        if (ordered.select().order().isEmpty()) {
            throw Errors.noKey(verb, table());
        }
        return order(ordered.select().order().stream().map(Ordering::reversed).toList());
    }

    /** The columns that are read, where many queries read the same; null for any others. */
    private @Nullable KnownColumns known() {
        if (parts.values == null) {
            return isWhole() && parts.annotations.isEmpty() ? parts.model.root().whole() : null;
        }
        Column column = parts.values.size() == 1 ? parts.values.get(0).column() : null;
        KnownColumns single = column == null ? null : parts.model.root().single(column);
        return single != null && single.outputs() == parts.values ? single : null;
    }

    /** The same rows, of which only a column of the table is read. */
    QueryState reading(Output value) {
        KnownColumns known = parts.model.root().single(Objects.requireNonNull(value.column()));
        return with(draft -> draft.values = known.outputs());
    }

    QueryState values(List<String> keys) {
        if (keys.isEmpty()) {
            return with(draft -> draft.values = outputs());
        }
        Output single = keys.size() == 1 && !isGrouped() ? ownColumn(KeyPath.of(keys.get(0))) : null;
        if (single != null) {
            return reading(single);
        }
        List<Output> values = new ArrayList<>();
        Expressions expressions = new Expressions(names());
        for (String key : new LinkedHashSet<>(keys)) {
            values.add(value(expressions, key));
        }
        return with(draft -> draft.values = List.copyOf(values));
    }

    /** A column of the table under its own name, which can mean nothing else; null for any other key. */
    @Nullable Output ownColumn(KeyPath path) {
        if (parts.closed || !parts.annotations.isEmpty() || path.size() > 1) {
            return null;
        }
        Column column = parts.model.find(path.segment(0));
        return column != null && column.name().equals(path.text()) ? parts.model.output(column) : null;
    }

    private Output value(Expressions expressions, String key) {
        Annotation annotation = parts.annotations.get(key);
        if (annotation != null && !annotation.selected()) {
            throw Errors.invalidQuery("Cannot read \"" + key + "\": it is an alias. Use annotate instead of alias.");
        }
        KeyPath path = KeyPath.of(key);
        Output plain = parts.groups == null ? ownColumn(path) : null;
        if (plain != null) {
            return plain;
        }
        Operand operand = expressions.joined(path, "read");
        List<Expression> groups = parts.groups;
        if (groups != null && annotation == null && !groups.contains(operand.expression())) {
            throw Errors.invalidQuery("Cannot read \"" + key
                    + "\" of a group: it differs within the group. Name it in values(..) before the aggregate.");
        }
        boolean own = Traits.isRootColumn(operand.expression());
        Column column = own ? ((Expression.ColumnRef) operand.expression()).column() : null;
        return new Output(key, operand, column);
    }

    /** Adds a computed value under a name. */
    QueryState annotate(String name, ExprNode node, boolean selected) {
        checkName(name);
        if (isProjected() && !isGrouped() && ExprKeys.aggregates(node)) {
            return grouped().annotate(name, node, selected);
        }
        Operand operand = names().operand(node).under(name);
        Expression expression = operand.expression();
        if (Traits.hasAggregate(expression) && !isGrouped()) {
            throw Errors.invalidQuery("The aggregate \"" + name + "\" is over columns of " + table()
                    + " itself, which needs groups: call values(..) before annotate, or aggregate(..).");
        }
        if (Traits.hasWindow(expression) && parts.select.isSliced() || Traits.nestsWindows(expression)) {
            return Wrapping.of(this).annotate(name, node, selected);
        }
        Map<String, Annotation> more = new LinkedHashMap<>(parts.annotations);
        more.put(name, new Annotation(operand, selected));
        return with(draft -> {
                    draft.annotations = more;
                    if (draft.values != null && selected) {
                        List<Output> values = new ArrayList<>(draft.values);
                        values.add(new Output(name, operand, null));
                        draft.values = List.copyOf(values);
                    }
                })
                .checked();
    }

    /** The rows in groups of equal values of what is read. */
    private QueryState grouped() {
        boolean inside = parts.select.isSliced() || expressions().stream().anyMatch(Traits::hasWindow);
        QueryState rows = inside ? Wrapping.ofRows(this) : this;
        List<Expression> groups = rows.expressions();
        return rows.with(draft -> draft.groups = groups);
    }

    /** Adds a narrowed relation under a name. */
    QueryState annotate(String name, FilteredRelation relation) {
        checkName(name);
        names().relation(relation);
        Map<String, FilteredRelation> more = new LinkedHashMap<>(parts.filtered);
        more.put(name, relation);
        return with(draft -> draft.filtered = more);
    }

    private void checkName(String name) {
        boolean column = !parts.closed && parts.model.hasName(name);
        if (column || parts.annotations.containsKey(name) || parts.filtered.containsKey(name)) {
            throw Errors.invalidQuery("The name \"" + name + "\" of the annotation is already "
                    + (column ? "a column or relation of " + table() : "an annotation") + ". Choose another one.");
        }
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw Errors.invalidQuery("An annotation needs a name, without the character NUL.");
        }
    }

    QueryState distinct() {
        return with(parts.select.withDistinct(true));
    }

    /** Whether rows are joined to several related rows each, as happens only for chosen columns. */
    boolean multiplies() {
        return isProjected() && outputs().stream().anyMatch(output -> Traits.crossesMany(output.expression()));
    }

    /** Whether chosen columns are read at or behind the first of several related rows of a way. */
    boolean repeatsFor(Path path) {
        int first = 0;
        while (!path.hops().get(first).many()) {
            first++;
        }
        List<Hop> start = path.hops().subList(0, first + 1);
        return isProjected()
                && outputs().stream()
                        .map(Output::expression)
                        .anyMatch(expression -> expression instanceof Expression.ColumnRef column
                                && column.path().hops().size() >= start.size()
                                && column.path().hops().subList(0, start.size()).equals(start));
    }

    /** What {@link #outputs} read. */
    List<Expression> expressions() {
        List<Output> outputs = outputs();
        KnownColumns known = known();
        if (known != null) {
            return known.expressions();
        }
        Expression[] expressions = new Expression[outputs.size()];
        Arrays.setAll(expressions, i -> outputs.get(i).expression());
        return List.of(expressions);
    }

    QueryState unordered() {
        return parts.select.isSliced() ? this : order(List.of());
    }

    /** Keeps one row for each combination of values. */
    QueryState distinctOnKeys(List<String> keys) {
        Orderings names = new Orderings(names(), this::repeatsFor);
        List<Expression> partition = new ArrayList<>();
        keys.forEach(key -> partition.addAll(names.values(KeyPath.of(key))));
        return distinctOn(partition);
    }

    QueryState distinctOn(List<Expression> partition) {
        if (partition.isEmpty()) {
            throw Errors.invalidQuery("distinctOn of \"" + table() + "\" needs at least one key.");
        }
        Expression number = new Expression.Window(
                new Expression.Call(Expression.Function.ROW_NUMBER, List.of()),
                partition,
                orderedSomehow().select().order(),
                null);
        return Wrapping.keeping(this, number);
    }

    /** Whether an output may be NULL in the rows that the conditions leave. */
    boolean canBeNull(Output output) {
        if (!Traits.canBeNull(output.expression())) {
            return false;
        }
        Condition notNull = new Condition.IsNull(output.expression(), true);
        Condition where = parts.select.where();
        return !where.equals(notNull)
                && !(where instanceof Condition.And and && and.parts().contains(notNull));
    }

    /** The SELECTs of this query. */
    Selects selects() {
        return new Selects(this);
    }

    /** The statement that reads the rows. */
    SqlText text() {
        boolean plain = !isGrouped() && (isProjected() || parts.loading.joins().isEmpty());
        KnownColumns known = plain ? known() : null;
        if (known == null) {
            return text(selects().rows());
        }
        SqlText point = known.point(parts.select);
        if (point == null) {
            point = parts.database.compiler().compile(selects().rows());
            known.learn(parts.select, point.sql());
        }
        return commented(point);
    }

    SqlText text(Select wanted) {
        return commented(parts.database.compiler().compile(wanted));
    }

    SqlText commented(SqlText text) {
        return parts.comment.isEmpty() ? text : new SqlText("/* " + parts.comment + " */ " + text.sql(), text.binds());
    }

    SqlText explained(Select wanted) {
        return parts.database.compiler().explain(wanted);
    }
}
