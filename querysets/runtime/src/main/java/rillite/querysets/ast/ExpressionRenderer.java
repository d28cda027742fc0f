package rillite.querysets.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Frame;

/** Writes expressions. Each stands so that an operator beside it cannot tear it apart. */
final class ExpressionRenderer implements Expression.Visitor<StringBuilder> {

    private final SqlRenderer statement;

    ExpressionRenderer(SqlRenderer statement) {
        this.statement = statement;
    }

    private StringBuilder sql() {
        return statement.sql();
    }

    @Override
    public StringBuilder column(Expression.ColumnRef expression) {
        String table = statement.scope().outward(expression.up()).name(expression.path());
        return statement.qualified(table, expression.column().name());
    }

    @Override
    public StringBuilder output(Expression.Output expression) {
        String table = statement.scope().outward(expression.up()).name(Level.ROOT);
        return statement.qualified(table, expression.name());
    }

    @Override
    public StringBuilder bind(Expression.Bind expression) {
        statement.binds().add(expression);
        return sql().append('?');
    }

    @Override
    public StringBuilder text(Expression.Text expression) {
        return sql().append('\'').append(expression.value().replace("'", "''")).append('\'');
    }

    @Override
    public StringBuilder number(Expression.Number expression) {
        return sql().append(expression.value());
    }

    @Override
    public StringBuilder call(Expression.Call expression) {
        if (isTrivial(expression)) {
            return operand(expression.arguments().get(0));
        }
        sql().append(expression.function().sqlName()).append('(');
        statement.expressions(expression.arguments());
        return sql().append(')');
    }

    /** One value is its own maximum, but {@code max} of one argument would be the one of all rows. */
    private static boolean isTrivial(Expression.Call call) {
        return call.arguments().size() == 1
                && switch (call.function()) {
                    case GREATEST, LEAST, COALESCE -> true;
                    default -> false;
                };
    }

    @Override
    public StringBuilder arithmetic(Expression.Arithmetic expression) {
        sql().append('(');
        operand(expression.left());
        sql().append(' ').append(expression.operator().symbol()).append(' ');
        return operand(expression.right()).append(')');
    }

    @Override
    public StringBuilder negated(Expression.Negated expression) {
        // Two signs in a row would start a comment.
        boolean signed = expression.operand() instanceof Expression.Number number && number.value() < 0;
        sql().append(signed ? "(- " : "(-");
        return operand(expression.operand()).append(')');
    }

    @Override
    public StringBuilder cast(Expression.Cast expression) {
        sql().append("CAST(");
        statement.expression(expression.operand());
        return sql().append(" AS ").append(expression.storage().name()).append(')');
    }

    @Override
    public StringBuilder collated(Expression.Collated expression) {
        return operand(expression.operand())
                .append(" COLLATE ")
                .append(expression.collation().name());
    }

    /** Writes what stands beside an operator; {@code ->>} would otherwise bind to the left only. */
    private StringBuilder operand(Expression expression) {
        boolean torn = expression instanceof Expression.Element element && element.position() >= 0;
        if (torn) {
            sql().append('(');
        }
        statement.expression(expression);
        return torn ? sql().append(')') : sql();
    }

    @Override
    public StringBuilder truth(Expression.Truth expression) {
        sql().append('(');
        statement.condition(expression.condition());
        return sql().append(')');
    }

    @Override
    public StringBuilder element(Expression.Element expression) {
        boolean hex = expression.encoding() == Condition.Elements.HEX;
        if (hex) {
            sql().append("unhex(");
        }
        if (statement.scope().level().joinCount() > 0) {
            statement.name(statement.scope().name(Level.ROOT)).append('.');
        }
        sql().append("value");
        if (expression.position() >= 0) {
            sql().append("->>").append(expression.position());
        }
        return hex ? sql().append(')') : sql();
    }

    @Override
    public StringBuilder excluded(Expression.Excluded expression) {
        sql().append("excluded.");
        return statement.name(expression.column().name());
    }

    @Override
    public StringBuilder aggregate(Expression.Aggregate expression) {
        sql().append(expression.function().sqlName()).append('(');
        if (expression.distinct()) {
            sql().append("DISTINCT ");
        }
        if (expression.argument() == null) {
            sql().append('*');
        } else {
            statement.expression(expression.argument());
        }
        if (expression.separator() != null) {
            sql().append(", ");
            statement.expression(expression.separator());
        }
        sql().append(')');
        if (!expression.filter().isAlways()) {
            statement.clause(" FILTER (WHERE ", expression.filter());
            sql().append(')');
        }
        return sql();
    }

    @Override
    public StringBuilder window(Expression.Window expression) {
        statement.expression(expression.function());
        int start = sql().append(" OVER (").length();
        if (!expression.partition().isEmpty()) {
            sql().append("PARTITION BY ");
            statement.expressions(expression.partition());
        }
        statement.order(sql().length() == start ? "ORDER BY " : " ORDER BY ", expression.order());
        Frame frame = expression.frame();
        if (frame != null) {
            sql().append(sql().length() == start ? "" : " ").append(frame.unit().name());
            bound(" BETWEEN ", frame.from(), " PRECEDING");
            bound(" AND ", frame.to(), " FOLLOWING");
        }
        return sql().append(')');
    }

    private void bound(String keyword, @Nullable Long bound, String open) {
        sql().append(keyword);
        if (bound == null) {
            sql().append("UNBOUNDED").append(open);
        } else if (bound == 0) {
            sql().append("CURRENT ROW");
        } else {
            sql().append(Math.abs(bound)).append(bound < 0 ? " PRECEDING" : " FOLLOWING");
        }
    }

    @Override
    public StringBuilder choice(Expression.Choice expression) {
        sql().append("CASE");
        for (Expression.Branch branch : expression.branches()) {
            sql().append(" WHEN ");
            statement.condition(branch.condition());
            sql().append(" THEN ");
            statement.expression(branch.value());
        }
        if (expression.otherwise() != null) {
            sql().append(" ELSE ");
            statement.expression(expression.otherwise());
        }
        return sql().append(" END");
    }

    @Override
    public StringBuilder scalar(Expression.Scalar expression) {
        sql().append('(');
        statement.select(expression.select());
        return sql().append(')');
    }

    @Override
    public StringBuilder raw(Expression.Raw expression) {
        List<String> texts = expression.texts();
        sql().append('(').append(texts.get(0));
        for (int i = 0; i < expression.arguments().size(); i++) {
            statement.expression(expression.arguments().get(i));
            sql().append(texts.get(i + 1));
        }
        return sql().append(')');
    }

    @Override
    public StringBuilder outer(Expression.Outer expression) {
        throw new IllegalStateException("The reading of the tree lets no outer name pass: " + expression.key());
    }
}
