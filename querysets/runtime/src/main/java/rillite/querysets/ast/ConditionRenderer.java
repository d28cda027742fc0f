package rillite.querysets.ast;

import java.util.List;

/** Writes conditions. */
final class ConditionRenderer implements Condition.Visitor<StringBuilder> {

    // SQLite parses a chain of operators as a tree of that depth and refuses 1000 levels.
    private static final int LONGEST_CHAIN = 100;

    private final SqlRenderer statement;

    ConditionRenderer(SqlRenderer statement) {
        this.statement = statement;
    }

    /** How deep SQLite nests a chain of so many parts, at most. */
    static int height(int parts) {
        int height = 0;
        int longest = parts;
        while (longest > LONGEST_CHAIN) {
            longest = (longest + 1) / 2;
            height++;
        }
        return height + longest - 1;
    }

    private StringBuilder sql() {
        return statement.sql();
    }

    @Override
    public StringBuilder constant(Condition.Constant condition) {
        return sql().append(condition.value() ? '1' : '0');
    }

    @Override
    public StringBuilder compare(Condition.Compare condition) {
        statement.expression(condition.left());
        sql().append(' ').append(condition.comparison().symbol()).append(' ');
        statement.expression(condition.right());
        return sql();
    }

    @Override
    public StringBuilder like(Condition.Like condition) {
        statement.expression(condition.operand());
        sql().append(" LIKE ");
        statement.expression(condition.pattern());
        return sql().append(" ESCAPE '\\'");
    }

    @Override
    public StringBuilder between(Condition.Between condition) {
        statement.expression(condition.operand());
        sql().append(" BETWEEN ");
        statement.expression(condition.low());
        sql().append(" AND ");
        statement.expression(condition.high());
        return sql();
    }

    @Override
    public StringBuilder isNull(Condition.IsNull condition) {
        statement.expression(condition.operand());
        return sql().append(condition.negated() ? " IS NOT NULL" : " IS NULL");
    }

    @Override
    public StringBuilder inValues(Condition.InValues condition) {
        rowValue(condition.operands());
        String element = elements(condition.operands().size(), condition.elements());
        String separator = " IN (SELECT ";
        for (Expression list : condition.lists()) {
            sql().append(separator).append(element).append(" FROM json_each(");
            statement.expression(list);
            sql().append(')');
            separator = " UNION ALL SELECT ";
        }
        return sql().append(')');
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
        sql().append(" IN (");
        statement.select(condition.select());
        return sql().append(')');
    }

    private void rowValue(List<Expression> operands) {
        if (operands.size() == 1) {
            statement.expression(operands.get(0));
        } else {
            sql().append('(');
            statement.expressions(operands);
            sql().append(')');
        }
    }

    @Override
    public StringBuilder exists(Condition.Exists condition) {
        sql().append("EXISTS (");
        statement.select(condition.select());
        return sql().append(')');
    }

    @Override
    public StringBuilder holds(Condition.Holds condition) {
        statement.expression(condition.expression());
        return sql();
    }

    @Override
    public StringBuilder match(Condition.Match condition) {
        // The table as a whole is searched through its hidden column of the same name.
        String column = condition.column() == null
                ? condition.table().name()
                : condition.column().name();
        statement.qualified(statement.scope().name(condition.path()), column).append(" MATCH ");
        statement.expression(condition.query());
        return sql();
    }

    @Override
    public StringBuilder and(Condition.And condition) {
        return chain(condition.parts(), " AND ");
    }

    @Override
    public StringBuilder or(Condition.Or condition) {
        return chain(condition.parts(), " OR ");
    }

    private StringBuilder chain(List<Condition> parts, String operator) {
        if (parts.size() > LONGEST_CHAIN) {
            int half = parts.size() / 2;
            sql().append('(');
            chain(parts.subList(0, half), operator);
            sql().append(')').append(operator).append('(');
            return chain(parts.subList(half, parts.size()), operator).append(')');
        }
        String separator = "";
        for (Condition part : parts) {
            sql().append(separator);
            part(part);
            separator = operator;
        }
        return sql();
    }

    /** Writes a condition that stands beside AND or OR. */
    void part(Condition condition) {
        boolean composite = condition instanceof Condition.And || condition instanceof Condition.Or;
        if (composite) {
            sql().append('(');
        }
        condition.accept(this);
        if (composite) {
            sql().append(')');
        }
    }

    @Override
    public StringBuilder xor(Condition.Xor condition) {
        sql().append("((");
        return parity(condition.parts()).append(") % 2 = 1)");
    }

    private StringBuilder parity(List<Condition> parts) {
        if (parts.size() > LONGEST_CHAIN) {
            int half = parts.size() / 2;
            sql().append('(');
            parity(parts.subList(0, half)).append(") + (");
            return parity(parts.subList(half, parts.size())).append(')');
        }
        String separator = "((";
        for (Condition part : parts) {
            sql().append(separator);
            part.accept(this);
            sql().append(") IS TRUE)");
            separator = " + ((";
        }
        return sql();
    }

    @Override
    public StringBuilder not(Condition.Not condition) {
        boolean nullable = Nullability.canBeNull(condition.operand());
        sql().append(nullable ? "(" : "NOT (");
        condition.operand().accept(this);
        return sql().append(nullable ? ") IS NOT TRUE" : ")");
    }
}
