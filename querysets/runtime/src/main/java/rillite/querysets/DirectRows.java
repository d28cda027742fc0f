package rillite.querysets;

import io.r2dbc.spi.Row;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import rillite.querysets.ast.SqlText;
import rillite.r2dbc.SqliteReads;

/**
 * The rows of one query: in the transaction of the subscriber, else straight from the driver, which needs no connection for
 * them. That is what most queries of most programs are, and what a point read costs.
 */
final class DirectRows<T> extends Flux<T> {

    private final SqlRunner runner;
    private final SqliteReads driver;
    private final Supplier<SqlText> sql;
    private final int fetchSize;
    private final Function<Row, T> mapper;
    private final @Nullable Asking asking;

    DirectRows(
            SqlRunner runner,
            SqliteReads driver,
            Supplier<SqlText> sql,
            int fetchSize,
            Function<Row, T> mapper,
            @Nullable Asking asking) {
        this.runner = runner;
        this.driver = driver;
        this.sql = sql;
        this.fetchSize = fetchSize;
        this.mapper = mapper;
        this.asking = asking;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        if (runner.isOpen(actual.currentContext())) {
            runner.connectedRows(sql, fetchSize, mapper, asking).subscribe(actual);
            return;
        }
        Flux<T> rows;
        try {
            rows = alone(sql.get());
        } catch (Throwable e) {
            Operators.error(actual, Operators.onOperatorError(e, actual.currentContext()));
            return;
        }
        rows.subscribe(actual);
    }

    private Flux<T> alone(SqlText text) {
        Flux<T> rows = driver.read(text.sql(), text.binds(), fetchSize, mapper);
        runner.statements().sent(text.sql());
        return new WatchedRows<>(runner, rows, text.sql(), asking);
    }
}
