package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Source.Operation;
import rillite.querysets.ast.Traits;
import rillite.querysets.schema.Column;
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
                List<QueryState> some =
                        parts.stream().filter(part -> !part.isEmpty()).toList();
                yield some.isEmpty()
                        ? first
                        : some.size() == 1 ? alone(operation, some.get(0)) : around(operation, some);
            }
            case INTERSECT -> parts.stream().anyMatch(QueryState::isEmpty) ? first.none() : around(operation, parts);
            case EXCEPT -> {
                List<QueryState> some = new ArrayList<>(List.of(first));
                others.stream().filter(other -> !other.isEmpty()).forEach(some::add);
                yield first.isEmpty() ? first : some.size() == 1 ? alone(operation, first) : around(operation, some);
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

    /** A single part; a set has no duplicates, whole rows have none anyway. */
    private static QueryState alone(Operation operation, QueryState part) {
        QueryState wrapped = Wrapping.of(part);
        return operation == Operation.UNION_ALL || !part.isProjected() ? wrapped : wrapped.distinct();
    }

    private static QueryState around(Operation operation, List<QueryState> parts) {
        QueryState first = parts.get(0);
        boolean whole = !first.isProjected();
        List<String> names = new ArrayList<>();
        List<Select> selects = new ArrayList<>();
        for (QueryState part : parts) {
            names.clear();
            List<Expression> columns = new ArrayList<>();
            if (whole) {
                for (Column column : Wrapping.wholeColumns(part.model())) {
                    names.add(column.name());
                    columns.add(Expression.ColumnRef.of(column));
                }
                part.annotations().forEach((name, annotation) -> {
                    names.add(name);
                    columns.add(annotation.operand().expression());
                });
            } else {
                for (Output output : part.outputs()) {
                    names.add(output.name());
                    columns.add(output.expression());
                }
            }
            selects.add(part.rows().withColumns(columns));
        }
        List<String> firstNames = namesOf(first, whole);
        Select select =
                Select.of(new Source.Compound(operation, selects, firstNames), List.of(new Expression.Number(1)));
        Map<String, Annotation> annotations = new LinkedHashMap<>();
        if (whole) {
            first.annotations()
                    .forEach((name, annotation) -> annotations.put(
                            name,
                            new Annotation(
                                    annotation.operand().as(named(name, annotation.operand())),
                                    annotation.selected())));
        } else {
            first.outputs()
                    .forEach(output -> annotations.put(
                            output.name(),
                            new Annotation(output.operand().as(named(output.name(), output.operand())), true)));
        }
        return first.with(draft -> {
            draft.select = select;
            draft.closed = !whole;
            draft.groups = null;
            draft.annotations = annotations;
            if (!whole) {
                draft.values = first.outputs().stream()
                        .map(output -> new Output(
                                output.name(),
                                output.operand().as(named(output.name(), output.operand())),
                                output.column()))
                        .toList();
            }
        });
    }

    private static List<String> namesOf(QueryState state, boolean whole) {
        List<String> names = new ArrayList<>();
        if (whole) {
            Wrapping.wholeColumns(state.model()).forEach(column -> names.add(column.name()));
            names.addAll(state.annotations().keySet());
        } else {
            state.outputs().forEach(output -> names.add(output.name()));
        }
        return names;
    }

    private static Expression named(String name, Operand operand) {
        return new Expression.Output(name, Traits.canBeNull(operand.expression()), 0);
    }
}
