package rillite.querysets.ast;

import java.util.List;

/** Writes INSERT, UPDATE and DELETE. */
final class WriteRenderer implements Write.Visitor<StringBuilder> {

    private final SqlRenderer statement;
    private final Level level;

    WriteRenderer(SqlRenderer statement, Level level) {
        this.statement = statement;
        this.level = level;
    }

    private StringBuilder sql() {
        return statement.sql();
    }

    @Override
    public StringBuilder insert(Write.Insert write) {
        statement.enter(level, write.table());
        sql().append("INSERT INTO ");
        statement.name(write.table().name());
        if (write.columns().isEmpty()) {
            sql().append(" DEFAULT VALUES");
        } else {
            sql().append(" (");
            statement.names(write.columns());
            sql().append(')');
            rows(write);
        }
        if (write.conflict() != null) {
            conflict(write.conflict());
        }
        return returning(write.returning());
    }

    private void rows(Write.Insert write) {
        if (write.rows() == null) {
            sql().append(" VALUES (");
            statement.expressions(write.values());
            sql().append(')');
        } else {
            // Without WHERE the parser would take ON CONFLICT for the condition of a join.
            sql().append(' ');
            statement.select(write.rows(), List.of(), write.conflict() != null);
        }
    }

    private void conflict(Write.Conflict conflict) {
        sql().append(" ON CONFLICT");
        if (!conflict.target().isEmpty()) {
            sql().append(" (");
            statement.names(conflict.target());
            sql().append(')');
            statement.clause(" WHERE ", conflict.where());
        }
        if (conflict.set().isEmpty()) {
            sql().append(" DO NOTHING");
        } else {
            sql().append(" DO UPDATE");
            assignments(conflict.set());
            statement.clause(" WHERE ", conflict.only());
        }
    }

    @Override
    public StringBuilder update(Write.Update write) {
        statement.enter(level, write.table());
        sql().append("UPDATE ");
        statement.name(write.table().name());
        assignments(write.assignments());
        statement.clause(" WHERE ", write.where());
        return returning(write.returning());
    }

    @Override
    public StringBuilder delete(Write.Delete write) {
        statement.enter(level, write.table());
        sql().append("DELETE FROM ");
        statement.name(write.table().name());
        statement.clause(" WHERE ", write.where());
        return returning(write.returning());
    }

    private void assignments(List<Write.Assignment> assignments) {
        String separator = " SET ";
        for (Write.Assignment assignment : assignments) {
            sql().append(separator);
            statement.name(assignment.column().name()).append(" = ");
            statement.expression(assignment.value());
            separator = ", ";
        }
    }

    private StringBuilder returning(List<Expression> returning) {
        if (!returning.isEmpty()) {
            sql().append(" RETURNING ");
            statement.expressions(returning);
        }
        return sql();
    }
}
