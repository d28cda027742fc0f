package rillite.querysets.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * Writes one statement. The only place where SQL text of queries comes into being.
 *
 * <p>Every name comes from the schema and is quoted; column names in expressions are qualified, because SQLite takes an
 * unknown double-quoted name that stands alone for a string. Values become {@code ?}.
 */
final class SqlRenderer
        implements Expression.Visitor<StringBuilder>,
                Condition.Visitor<StringBuilder>,
                Source.Visitor<StringBuilder>,
                Ordering.Visitor<StringBuilder>,
                Write.Visitor<StringBuilder> {

    // SQLite parses a chain of operators as a tree of that depth and refuses 1000 levels.
    private static final int LONGEST_CHAIN = 100;

    private final StringBuilder sql = new StringBuilder(160);
    private final List<Bind> binds = new ArrayList<>();
    private @Nullable Table root;

    String sql() {
        return sql.toString();
    }

    List<Bind> binds() {
        return binds;
    }

    void select(Select select) {
        sql.append(select.distinct() ? "SELECT DISTINCT " : "SELECT ");
        root = select.source() instanceof Source.Base base ? base.table() : null;
        expressions(select.columns());
        select.source().accept(this);
        where(select.where());
        order(select.order());
        limit(select.limit(), select.offset());
    }

    private void where(Condition where) {
        if (!where.equals(Condition.ALWAYS)) {
            sql.append(" WHERE ");
            where.accept(this);
        }
    }

    private void order(List<Ordering> order) {
        String separator = " ORDER BY ";
        for (Ordering term : order) {
            sql.append(separator);
            term.accept(this);
            separator = ", ";
        }
    }

    private void limit(@Nullable Bind limit, @Nullable Bind offset) {
        if (limit != null) {
            sql.append(" LIMIT ");
            bind(limit);
        } else if (offset != null) {
            sql.append(" LIMIT -1");
        }
        if (offset != null) {
            sql.append(" OFFSET ");
            bind(offset);
        }
    }

    @Override
    public StringBuilder base(Source.Base source) {
        sql.append(" FROM ");
        root = source.table();
        name(source.table().name());
        return sql;
    }

    @Override
    public StringBuilder derived(Source.Derived source) {
        sql.append(" FROM (");
        select(source.select());
        sql.append(')');
        return sql;
    }

    @Override
    public StringBuilder nothing(Source.Nothing source) {
        return sql;
    }

    @Override
    public StringBuilder insert(Write.Insert write) {
        sql.append("INSERT INTO ");
        name(write.table().name());
        if (write.columns().isEmpty()) {
            sql.append(" DEFAULT VALUES");
        } else {
            sql.append(" (");
            String separator = "";
            for (Column column : write.columns()) {
                sql.append(separator);
                name(column.name());
                separator = ", ";
            }
            sql.append(") VALUES (");
            expressions(write.values());
            sql.append(')');
        }
        String separator = " RETURNING ";
        root = write.table();
        for (Expression column : write.returning()) {
            sql.append(separator);
            column.accept(this);
            separator = ", ";
        }
        return sql;
    }

    @Override
    public StringBuilder update(Write.Update write) {
        sql.append("UPDATE ");
        root = write.table();
        name(write.table().name());
        String separator = " SET ";
        for (Write.Assignment assignment : write.assignments()) {
            sql.append(separator);
            name(assignment.column().name());
            sql.append(" = ");
            assignment.value().accept(this);
            separator = ", ";
        }
        where(write.where());
        return sql;
    }

    @Override
    public StringBuilder delete(Write.Delete write) {
        sql.append("DELETE FROM ");
        root = write.table();
        name(write.table().name());
        where(write.where());
        return sql;
    }

    @Override
    public StringBuilder by(Ordering.By ordering) {
        ordering.expression().accept(this);
        if (ordering.descending()) {
            sql.append(" DESC");
        }
        if (ordering.nulls() != null) {
            sql.append(ordering.nulls() == Ordering.Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
        }
        return sql;
    }

    @Override
    public StringBuilder random(Ordering.Random ordering) {
        sql.append("random()");
        return sql;
    }

    @Override
    public StringBuilder column(Expression.ColumnRef expression) {
        qualified(Objects.requireNonNull(root), expression.column());
        return sql;
    }

    @Override
    public StringBuilder bind(Bind expression) {
        sql.append('?');
        binds.add(expression);
        return sql;
    }

    @Override
    public StringBuilder text(Expression.Text expression) {
        sql.append('\'').append(expression.value().replace("'", "''")).append('\'');
        return sql;
    }

    @Override
    public StringBuilder number(Expression.Number expression) {
        sql.append(expression.value());
        return sql;
    }

    @Override
    public StringBuilder call(Expression.Call expression) {
        sql.append(expression.function().sqlName()).append('(');
        expressions(expression.arguments());
        sql.append(')');
        return sql;
    }

    @Override
    public StringBuilder arithmetic(Expression.Arithmetic expression) {
        sql.append('(');
        expression.left().accept(this);
        sql.append(' ').append(expression.operator().symbol()).append(' ');
        expression.right().accept(this);
        sql.append(')');
        return sql;
    }

    @Override
    public StringBuilder negated(Expression.Negated expression) {
        sql.append("(-");
        expression.operand().accept(this);
        sql.append(')');
        return sql;
    }

    @Override
    public StringBuilder cast(Expression.Cast expression) {
        sql.append("CAST(");
        expression.operand().accept(this);
        sql.append(" AS ").append(expression.storage().name()).append(')');
        return sql;
    }

    @Override
    public StringBuilder collated(Expression.Collated expression) {
        expression.operand().accept(this);
        sql.append(" COLLATE ").append(expression.collation().name());
        return sql;
    }

    @Override
    public StringBuilder truth(Expression.Truth expression) {
        sql.append('(');
        expression.condition().accept(this);
        sql.append(')');
        return sql;
    }

    @Override
    public StringBuilder constant(Condition.Constant condition) {
        sql.append(condition.value() ? '1' : '0');
        return sql;
    }

    @Override
    public StringBuilder compare(Condition.Compare condition) {
        condition.left().accept(this);
        sql.append(' ').append(condition.comparison().symbol()).append(' ');
        condition.right().accept(this);
        return sql;
    }

    @Override
    public StringBuilder like(Condition.Like condition) {
        condition.operand().accept(this);
        sql.append(" LIKE ");
        condition.pattern().accept(this);
        sql.append(" ESCAPE '\\'");
        return sql;
    }

    @Override
    public StringBuilder between(Condition.Between condition) {
        condition.operand().accept(this);
        sql.append(" BETWEEN ");
        condition.low().accept(this);
        sql.append(" AND ");
        condition.high().accept(this);
        return sql;
    }

    @Override
    public StringBuilder isNull(Condition.IsNull condition) {
        condition.operand().accept(this);
        sql.append(condition.negated() ? " IS NOT NULL" : " IS NULL");
        return sql;
    }

    @Override
    public StringBuilder inValues(Condition.InValues condition) {
        rowValue(condition.operands());
        String element = elements(condition.operands().size(), condition.elements());
        String separator = " IN (SELECT ";
        for (Expression list : condition.lists()) {
            sql.append(separator).append(element).append(" FROM json_each(");
            list.accept(this);
            sql.append(')');
            separator = " UNION ALL SELECT ";
        }
        sql.append(')');
        return sql;
    }

    private static String elements(int width, Condition.Elements elements) {
        if (width == 1) {
            return elements == Condition.Elements.HEX ? "unhex(value)" : "value";
        }
        StringBuilder parts = new StringBuilder();
        for (int i = 0; i < width; i++) {
            parts.append(i == 0 ? "value->>" : ", value->>").append(i);
        }
        return parts.toString();
    }

    @Override
    public StringBuilder inSelect(Condition.InSelect condition) {
        rowValue(condition.operands());
        sql.append(" IN (");
        select(condition.select());
        sql.append(')');
        return sql;
    }

    private void rowValue(List<Expression> operands) {
        if (operands.size() == 1) {
            operands.get(0).accept(this);
        } else {
            sql.append('(');
            expressions(operands);
            sql.append(')');
        }
    }

    @Override
    public StringBuilder exists(Condition.Exists condition) {
        sql.append("EXISTS (");
        select(condition.select());
        sql.append(')');
        return sql;
    }

    @Override
    public StringBuilder and(Condition.And condition) {
        chain(condition.parts(), " AND ");
        return sql;
    }

    @Override
    public StringBuilder or(Condition.Or condition) {
        chain(condition.parts(), " OR ");
        return sql;
    }

    private void chain(List<Condition> parts, String operator) {
        if (parts.size() > LONGEST_CHAIN) {
            int half = parts.size() / 2;
            sql.append('(');
            chain(parts.subList(0, half), operator);
            sql.append(')').append(operator).append('(');
            chain(parts.subList(half, parts.size()), operator);
            sql.append(')');
            return;
        }
        String separator = "";
        for (Condition part : parts) {
            sql.append(separator);
            boolean composite = part instanceof Condition.And || part instanceof Condition.Or;
            if (composite) {
                sql.append('(');
            }
            part.accept(this);
            if (composite) {
                sql.append(')');
            }
            separator = operator;
        }
    }

    @Override
    public StringBuilder xor(Condition.Xor condition) {
        sql.append("((");
        parity(condition.parts());
        sql.append(") % 2 = 1)");
        return sql;
    }

    private void parity(List<Condition> parts) {
        if (parts.size() > LONGEST_CHAIN) {
            int half = parts.size() / 2;
            sql.append('(');
            parity(parts.subList(0, half));
            sql.append(") + (");
            parity(parts.subList(half, parts.size()));
            sql.append(')');
            return;
        }
        String separator = "((";
        for (Condition part : parts) {
            sql.append(separator);
            part.accept(this);
            sql.append(") IS TRUE)");
            separator = " + ((";
        }
    }

    @Override
    public StringBuilder not(Condition.Not condition) {
        if (Nullability.canBeNull(condition.operand())) {
            sql.append('(');
            condition.operand().accept(this);
            sql.append(") IS NOT TRUE");
        } else {
            sql.append("NOT (");
            condition.operand().accept(this);
            sql.append(')');
        }
        return sql;
    }

    private void expressions(List<Expression> expressions) {
        String separator = "";
        for (Expression expression : expressions) {
            sql.append(separator);
            expression.accept(this);
            separator = ", ";
        }
    }

    private void qualified(Table table, Column column) {
        name(table.name());
        sql.append('.');
        name(column.name());
    }

    private void name(String name) {
        sql.append('"').append(name.replace("\"", "\"\"")).append('"');
    }

    @Override
    public StringBuilder output(Expression.Output expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder element(Expression.Element expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder excluded(Expression.Excluded expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder aggregate(Expression.Aggregate expression) {
        return sql.append("count(*)");
    }

    @Override
    public StringBuilder window(Expression.Window expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder choice(Expression.Choice expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder scalar(Expression.Scalar expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder raw(Expression.Raw expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder outer(Expression.Outer expression) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder holds(Condition.Holds condition) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder match(Condition.Match condition) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder compound(Source.Compound source) {
        throw new UnsupportedOperationException("not built yet");
    }

    @Override
    public StringBuilder elements(Source.Elements source) {
        throw new UnsupportedOperationException("not built yet");
    }
}
