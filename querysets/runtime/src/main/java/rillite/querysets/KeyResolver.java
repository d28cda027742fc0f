package rillite.querysets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Arithmetic;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Cast;
import rillite.querysets.ast.Expression.Negated;
import rillite.querysets.ast.Ordering;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ColumnType;

/** Turns keys such as {@code published__year__gte} and expressions into nodes of the tree, or says what is wrong. */
final class KeyResolver {

    private static final String PK = "pk";
    private static final Pattern SEPARATOR = Pattern.compile("__", Pattern.LITERAL);

    private final TableModel model;
    private final Object database;

    /** Creates a resolver for a table; sub-queries must belong to the same database. */
    KeyResolver(TableModel model, Object database) {
        this.model = model;
        this.database = database;
    }

    Object database() {
        return database;
    }

    Condition condition(Pair pair) {
        String key = pair.key();
        List<String> parts = parts(key);
        if (isKey(parts.get(0))) {
            List<Column> columns = model.keyFor("filter by pk on");
            if (columns.size() > 1) {
                return CompositeKey.condition(model, columns, parts.subList(1, parts.size()), pair);
            }
        }
        Operand operand = Operand.of(model, column(parts.get(0), key), key);
        Transform last = null;
        for (int i = 1; i < parts.size(); i++) {
            String part = parts.get(i);
            Transform transform = Transform.find(part);
            if (transform == null) {
                Lookup lookup = i == parts.size() - 1 ? Lookup.find(part) : null;
                if (lookup == null) {
                    throw unknownPart(part, operand);
                }
                return new Lookups(this, operand, lookup).build(last, pair.value());
            }
            operand = last == null ? operand : last.apply(operand);
            last = transform;
        }
        return new Lookups(this, operand, Lookup.EXACT).build(last, pair.value());
    }

    private static InvalidLookupException unknownPart(String part, Operand operand) {
        List<String> names = new ArrayList<>(Lookup.names());
        names.addAll(Transform.names());
        return Errors.unknownLookup(part, operand.key(), operand.label(), names);
    }

    private List<String> parts(String key) {
        if (model.find(key) != null) {
            return List.of(key);
        }
        return Arrays.asList(SEPARATOR.split(key, -1));
    }

    private boolean isKey(String part) {
        return part.equals(PK) && model.find(PK) == null;
    }

    /** One column by name, property name or {@code pk}. */
    Column column(String field, String wholeKey) {
        if (isKey(field)) {
            List<Column> key = model.keyFor("read pk of");
            if (key.size() > 1) {
                throw Errors.invalidQuery("The primary key of " + model.name() + " has " + key.size()
                        + " columns; name the one that is meant in \"" + wholeKey + "\".");
            }
            return key.get(0);
        }
        return model.column(field, wholeKey);
    }

    /** A term of orderBy: a key, with a leading minus for descending, or {@code ?} for random. */
    List<Ordering> ordering(String term) {
        if (term.equals("?")) {
            return List.of(new Ordering.Random());
        }
        boolean descending = term.startsWith("-") && model.find(term) == null;
        String key = descending ? term.substring(1) : term;
        List<Expression> expressions = isKey(key)
                ? model.expressions(model.keyFor("order by pk on"))
                : List.of(expression(new Expr.Key(key, false)));
        return expressions.stream()
                .<Ordering>map(expression -> new Ordering.By(expression, descending, null))
                .toList();
    }

    Ordering ordering(Sort<?> sort) {
        return new Ordering.By(expression(sort.node()), sort.descending(), sort.nulls());
    }

    Expression expression(Expr.Node node) {
        if (node instanceof Expr.Key key) {
            return expression(key);
        }
        if (node instanceof Expr.Calculation calculation) {
            return new Arithmetic(
                    calculation.operator(), expression(calculation.left()), expression(calculation.right()));
        }
        if (node instanceof Expr.Opposite opposite) {
            return new Negated(expression(opposite.operand()));
        }
        if (node instanceof Expr.Real real) {
            return new Cast(expression(real.operand()), Expression.Storage.REAL);
        }
        return new Bind(ValueEncoder.written(((Expr.Value) node).value(), ColumnType.ANY, "an expression"));
    }

    private Expression expression(Expr.Key key) {
        if (key.exact()) {
            return model.expression(model.column(key.key(), key.key()));
        }
        List<String> parts = parts(key.key());
        Operand operand = Operand.of(model, column(parts.get(0), key.key()), key.key());
        for (String part : parts.subList(1, parts.size())) {
            Transform transform = Transform.find(part);
            if (transform == null) {
                throw unknownPart(part, operand);
            }
            operand = transform.apply(operand);
        }
        return operand.expression();
    }

    /** The right side of a comparison when it is an expression, else null. */
    @Nullable Expression right(@Nullable Object value) {
        return value instanceof Expr<?, ?> expr ? expression(expr.node()) : null;
    }
}
