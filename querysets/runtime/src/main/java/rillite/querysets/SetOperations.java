package rillite.querysets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Source.Operation;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.ColumnType;

/** Unions, intersections and differences: a query around them, which can be filtered, ordered and sliced. */
final class SetOperations {

    private SetOperations() {}

    static QueryState combine(Operation operation, QueryState first, List<QueryState> others) {
        for (QueryState other : others) {
            check(operation, first, other);
        }
        List<QueryState> parts = new ArrayList<>(List.of(first));
        parts.addAll(others);
        return switch (operation) {
            case UNION, UNION_ALL -> {
                parts.removeIf(QueryState::isEmpty);
                yield parts.isEmpty() ? first : around(operation, first, parts);
            }
            case INTERSECT ->
                parts.stream().anyMatch(QueryState::isEmpty) ? first.none() : around(operation, first, parts);
            case EXCEPT -> {
                if (first.isEmpty()) {
                    yield first;
                }
                parts.removeIf(QueryState::isEmpty);
                yield around(operation, first, parts);
            }
        };
    }

    static String verb(Operation operation) {
        return operation == Operation.UNION_ALL ? "unionAll" : operation.name().toLowerCase(Locale.ROOT);
    }

    private static void check(Operation operation, QueryState a, QueryState b) {
        String what = "Cannot " + verb(operation) + " \"" + a.table() + "\" and \"" + b.table() + "\": ";
        if (!a.database().equals(b.database())) {
            throw Errors.invalidQuery(what + "they belong to different databases.");
        }
        if (a.isProjected() != b.isProjected() || !a.isProjected() && a.model() != b.model()) {
            throw Errors.invalidQuery(what + "both must be whole rows of one table, or both values(..).");
        }
        List<Output> left = a.outputs();
        List<Output> right = b.outputs();
        if (left.size() != right.size()) {
            throw Errors.invalidQuery(what + "one reads " + left.size() + " columns, the other " + right.size() + ".");
        }
        for (int i = 0; i < left.size(); i++) {
            if (!alike(left.get(i).type(), right.get(i).type())) {
                throw Errors.invalidQuery(what + "column " + (i + 1) + " is "
                        + left.get(i).operand().label() + " of type "
                        + left.get(i).type() + " in one and "
                        + right.get(i).operand().label() + " of type "
                        + right.get(i).type() + " in the other.");
            }
        }
    }

    private static boolean alike(ColumnType a, ColumnType b) {
        return a == b || a == ColumnType.ANY || b == ColumnType.ANY || isNumber(a) && isNumber(b);
    }

    private static boolean isNumber(ColumnType type) {
        return type == ColumnType.INTEGER || type == ColumnType.REAL || type == ColumnType.DECIMAL;
    }

    private static QueryState around(Operation operation, QueryState first, List<QueryState> parts) {
        boolean whole = !first.isProjected();
        List<Select> selects = new ArrayList<>();
        for (QueryState part : parts) {
            selects.add(part.selects().rows().withColumns(columns(part, whole)));
        }
        List<String> names = names(first, whole);
        Source source = selects.size() == 1
                ? new Source.Derived(selects.get(0), names)
                : new Source.Compound(operation, selects, names);
        Select select = Select.of(source, List.of(new Expression.Number(1)));
        Map<Expression, Expression> outside = new HashMap<>();
        List<Expression> inside = columns(first, whole);
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            boolean nullable = selects.stream()
                    .anyMatch(part -> Traits.canBeNull(part.columns().get(place)));
            outside.putIfAbsent(inside.get(i), new Expression.Output(names.get(i), nullable, 0));
        }
        Function<Operand, Operand> read =
                operand -> operand.as(Objects.requireNonNull(outside.get(operand.expression())));
        QueryState combined = whole
                ? Wrapping.rows(first, select, selected(first), read)
                : Wrapping.members(first, select, first.outputs(), read);
        // A set has no duplicates.
        return selects.size() == 1 && operation != Operation.UNION_ALL ? combined.distinct() : combined;
    }

    private static List<Expression> columns(QueryState part, boolean whole) {
        List<Expression> columns = new ArrayList<>();
        if (whole) {
            columns.addAll(part.model().expressions(Wrapping.wholeColumns(part.model())));
            selected(part)
                    .values()
                    .forEach(annotation -> columns.add(annotation.operand().expression()));
        } else {
            part.outputs().forEach(output -> columns.add(output.expression()));
        }
        return columns;
    }

    private static List<String> names(QueryState state, boolean whole) {
        List<String> names = new ArrayList<>();
        if (whole) {
            Wrapping.wholeColumns(state.model()).forEach(column -> names.add(column.name()));
            names.addAll(selected(state).keySet());
        } else {
            state.outputs().forEach(output -> names.add(output.name()));
        }
        return names;
    }

    private static Map<String, Annotation> selected(QueryState state) {
        Map<String, Annotation> selected = new LinkedHashMap<>(state.annotations());
        selected.values().removeIf(annotation -> !annotation.selected());
        return selected;
    }
}
