package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Ordering;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;

/**
 * Puts a query into the FROM of another one, so that conditions, orders and aggregates apply to its result: SQL computes
 * windows after WHERE, and a slice after everything.
 *
 * <p>Whole rows keep the names of their columns, so that everything that was said about them stays valid.
 */
final class Wrapping {

    private final QueryState inner;
    private final List<String> names = new ArrayList<>();
    private final List<Expression> columns = new ArrayList<>();
    private final Map<Expression, Expression> outside = new LinkedHashMap<>();

    private Wrapping(QueryState inner) {
        this.inner = inner;
    }

    /** The query around a query; it yields the same rows in the same order. */
    static QueryState of(QueryState inner) {
        Wrapping wrapping = new Wrapping(inner);
        wrapping.addOutputs();
        return wrapping.wrapped();
    }

    /** The query around the rows of a query: it reads the same values, but all columns of the rows have names. */
    static QueryState ofRows(QueryState inner) {
        List<Output> values = inner.outputs();
        if (inner.isClosed() || !inner.isProjected()) {
            return of(inner);
        }
        Wrapping wrapping = new Wrapping(inner.with(draft -> draft.values = null));
        wrapping.addOutputs();
        values.stream().map(Output::expression).filter(Traits::hasWindow).forEach(wrapping::addHidden);
        List<Output> moved = values.stream()
                .map(value -> new Output(
                        value.name(),
                        Traits.isRootColumn(value.expression())
                                ? value.operand()
                                : value.operand()
                                        .as(wrapping.outside.getOrDefault(value.expression(), value.expression())),
                        value.column()))
                .toList();
        return wrapping.wrapped().with(draft -> draft.values = moved);
    }

    /** The query around a query, in which more columns can be named that its rows do not have. */
    static QueryState with(QueryState inner, List<String> hidden, List<Expression> values) {
        Wrapping wrapping = new Wrapping(inner);
        wrapping.addOutputs();
        for (int i = 0; i < hidden.size(); i++) {
            wrapping.add(hidden.get(i), values.get(i));
        }
        return wrapping.wrapped();
    }

    /** The query around a query, of which only the rows are kept whose hidden number is 1. */
    static QueryState keeping(QueryState inner, Expression number) {
        Wrapping wrapping = new Wrapping(inner);
        wrapping.addOutputs();
        wrapping.addHidden(number);
        QueryState wrapped = wrapping.wrapped();
        return wrapped.filter(
                new Condition.Compare(Condition.Comparison.EQUAL, wrapping.outside(number), new Expression.Number(1)));
    }

    /** All columns of whole rows: those of the key too. */
    static List<Column> wholeColumns(TableModel model) {
        Set<Column> all = new LinkedHashSet<>(model.visible());
        all.addAll(model.key());
        return List.copyOf(all);
    }

    private void addOutputs() {
        if (inner.isProjected()) {
            inner.outputs().forEach(output -> add(output.name(), output.expression()));
            return;
        }
        for (Column column : wholeColumns(inner.model())) {
            add(column.name(), Expression.ColumnRef.of(column));
        }
        inner.annotations()
                .forEach((name, annotation) -> add(name, annotation.operand().expression()));
    }

    private void add(String name, Expression expression) {
        names.add(name);
        columns.add(expression);
        outside.put(expression, new Expression.Output(name, Traits.canBeNull(expression), 0));
    }

    /** Adds a value that nobody reads outside, under a name that nobody has. */
    private void addHidden(Expression expression) {
        if (!outside.containsKey(expression)) {
            String name = "hidden " + names.size();
            while (names.contains(name)) {
                name += "_";
            }
            add(name, expression);
        }
    }

    private Expression outside(Expression inside) {
        return Objects.requireNonNull(outside.get(inside));
    }

    private QueryState wrapped() {
        boolean whole = !inner.isProjected();
        List<Ordering> order = inner.select().order().stream().map(this::moved).toList();
        Select select = inner.selects().rows().withColumns(columns);
        Select source = select.isSliced() ? select : select.withOrder(List.of());
        Select outer = Select.of(new Source.Derived(source, names), List.of(new Expression.Number(1)))
                .withOrder(order);
        Function<Operand, Operand> read = operand -> operand.as(outside(operand.expression()));
        return whole ? rows(inner, outer, inner.annotations(), read) : members(inner, outer, inner.outputs(), read);
    }

    private Ordering moved(Ordering term) {
        if (!(term instanceof Ordering.By by) || !inner.isProjected() && Traits.isRootColumn(by.expression())) {
            return term;
        }
        addHidden(by.expression());
        return new Ordering.By(outside(by.expression()), by.descending(), by.nulls());
    }

    /** A query of whole rows that come from elsewhere, with annotations that are read there. */
    static QueryState rows(
            QueryState from, Select select, Map<String, Annotation> annotations, Function<Operand, Operand> read) {
        Map<String, Annotation> moved = new LinkedHashMap<>();
        annotations.forEach((name, annotation) ->
                moved.put(name, new Annotation(read.apply(annotation.operand()), annotation.selected())));
        return from.with(draft -> {
            draft.select = select;
            draft.annotations = moved;
        });
    }

    /** A query of values that come from elsewhere; only they have names. */
    static QueryState members(QueryState from, Select select, List<Output> outputs, Function<Operand, Operand> read) {
        Map<String, Annotation> annotations = new LinkedHashMap<>();
        List<Output> values = new ArrayList<>();
        for (Output output : outputs) {
            Operand operand = read.apply(output.operand());
            annotations.put(output.name(), new Annotation(operand.under(output.name()), true));
            values.add(new Output(output.name(), operand, output.column()));
        }
        return from.with(draft -> {
            draft.select = select;
            draft.closed = true;
            draft.groups = null;
            draft.annotations = annotations;
            draft.values = List.copyOf(values);
        });
    }
}
