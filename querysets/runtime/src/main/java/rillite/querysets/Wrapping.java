package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        return new Wrapping(inner).wrapped(List.of(), List.of());
    }

    /** The query around a query, in which more columns can be named that its rows do not have. */
    static QueryState with(QueryState inner, List<String> hidden, List<Expression> values) {
        return new Wrapping(inner).wrapped(hidden, values);
    }

    /** The query around a query, of which only the rows are kept whose hidden number is 1. */
    static QueryState keeping(QueryState inner, String hidden, Expression number) {
        QueryState wrapped = with(inner, List.of(hidden), List.of(number));
        return wrapped.filter(new Condition.Compare(
                Condition.Comparison.EQUAL, new Expression.Output(hidden, false, 0), new Expression.Number(1)));
    }

    /** All columns of whole rows: those of the key too. */
    static List<Column> wholeColumns(TableModel model) {
        Set<Column> all = new LinkedHashSet<>(model.visible());
        all.addAll(model.key());
        return List.copyOf(all);
    }

    private QueryState wrapped(List<String> hiddenNames, List<Expression> hiddenValues) {
        boolean whole = !inner.isProjected();
        if (whole) {
            for (Column column : wholeColumns(inner.model())) {
                add(column.name(), Expression.ColumnRef.of(column));
            }
            inner.annotations()
                    .forEach(
                            (name, annotation) -> add(name, annotation.operand().expression()));
        } else {
            inner.outputs().forEach(output -> add(output.name(), output.expression()));
        }
        for (int i = 0; i < hiddenNames.size(); i++) {
            add(hiddenNames.get(i), hiddenValues.get(i));
        }
        List<Ordering> order = inner.select().order().stream().map(this::moved).toList();
        Select select = inner.rows().withColumns(columns);
        Select source = select.isSliced() ? select : select.withOrder(List.of());
        Select outer = Select.of(new Source.Derived(source, names), List.of(new Expression.Number(1)))
                .withOrder(order);
        return inner.with(draft -> {
            draft.select = outer;
            draft.closed = !whole;
            draft.groups = null;
            draft.annotations = annotations(whole);
            if (!whole) {
                draft.values = inner.outputs().stream()
                        .map(output -> new Output(
                                output.name(),
                                output.operand().as(reference(output.name(), output.expression())),
                                output.column()))
                        .toList();
            }
        });
    }

    private void add(String name, Expression expression) {
        if (!names.contains(name)) {
            names.add(name);
            columns.add(expression);
            outside.put(expression, reference(name, expression));
        }
    }

    private Expression outside(Expression inside) {
        return Objects.requireNonNull(outside.get(inside));
    }

    private static Expression reference(String name, Expression expression) {
        return new Expression.Output(name, Traits.canBeNull(expression), 0);
    }

    private Ordering moved(Ordering term) {
        if (!(term instanceof Ordering.By by)) {
            return term;
        }
        boolean column = !inner.isProjected() && Traits.isRootColumn(by.expression());
        if (column) {
            return term;
        }
        if (!outside.containsKey(by.expression())) {
            add("order " + names.size(), by.expression());
        }
        return new Ordering.By(outside(by.expression()), by.descending(), by.nulls());
    }

    private Map<String, Annotation> annotations(boolean whole) {
        Map<String, Annotation> annotations = new LinkedHashMap<>();
        if (whole) {
            inner.annotations()
                    .forEach((name, annotation) -> annotations.put(
                            name,
                            new Annotation(
                                    annotation
                                            .operand()
                                            .as(outside(annotation.operand().expression())),
                                    annotation.selected())));
        } else {
            inner.outputs()
                    .forEach(output -> annotations.put(
                            output.name(), new Annotation(output.operand().as(outside(output.expression())), true)));
        }
        return annotations;
    }
}
