package rillite.r2dbc;

import io.r2dbc.spi.Batch;
import io.r2dbc.spi.Result;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;

/** Several statements without parameters, in one transaction, with one result each. */
final class SqliteBatch implements Batch {
    private final SqliteConnection connection;
    private final List<ParsedStatement> statements = new ArrayList<>();

    SqliteBatch(SqliteConnection connection) {
        this.connection = connection;
    }

    @Override
    public Batch add(String sql) {
        ParsedSql parsed = ParsedSql.of(sql);
        if (parsed.parameterCount() > 0) {
            throw new IllegalArgumentException(
                    "A batch takes statements without parameters; use createStatement(sql) with "
                            + "add() for several sets of values. SQL: " + parsed.sql());
        }
        statements.addAll(parsed.statements());
        return this;
    }

    @Override
    public Publisher<? extends Result> execute() {
        return connection.runBatch(List.copyOf(statements));
    }

    @Override
    public String toString() {
        return "SqliteBatch{" + statements.size() + " statements}";
    }
}
