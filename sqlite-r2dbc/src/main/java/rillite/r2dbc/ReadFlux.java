package rillite.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import rillite.core.Lanes;

/**
 * One query, for every subscription straight on the lanes. What a query in auto-commit needs of a connection is its
 * snapshot and its settings, and both are known here; making and closing one costs as much as a quarter of a point read.
 */
final class ReadFlux<T> extends Flux<T> {
    private final SqliteConnectionFactory factory;
    private final String sql;
    private final List<? extends @Nullable Object> values;
    private final int fetchSize;
    private final Function<? super Row, ? extends T> mapping;

    ReadFlux(
            SqliteConnectionFactory factory,
            String sql,
            List<? extends @Nullable Object> values,
            int fetchSize,
            Function<? super Row, ? extends T> mapping) {
        this.factory = factory;
        this.sql = sql;
        this.values = values;
        this.fetchSize = fetchSize;
        this.mapping = mapping;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        Flux<T> rows;
        try {
            rows = rows();
        } catch (Throwable t) {
            Operators.error(actual, Operators.onOperatorError(t, actual.currentContext()));
            return;
        }
        rows.subscribe(actual);
    }

    private Flux<T> rows() {
        Engine engine = factory.engine();
        Lanes<SqlitePhysical> lanes = engine == null ? null : engine.lanes();
        SessionSettings settings = factory.configuration().settings();
        ParsedSql parsed = ParsedSql.of(sql);
        ParsedStatement query = parsed.onlyQuery();
        boolean complete = parsed.parameterCount() == values.size();
        if (engine == null || lanes == null || query == null || !complete || settings.dedicated()) {
            return onConnection();
        }
        R2dbcException refusal = engine.refusal();
        if (refusal != null) {
            return Flux.error(refusal);
        }
        Codecs codecs = engine.codecs(factory.configuration());
        @Nullable Object[] encoded = new Object[values.size()];
        for (int i = 0; i < encoded.length; i++) {
            Object value = values.get(i);
            encoded[i] = value == null ? null : codecs.bindable(value);
            if (Codecs.isDeferred(encoded[i])) {
                return onConnection();
            }
        }
        return lanes.read(
                new SqliteSelect(query.sql(), SqliteStatement.values(query, encoded), fetchSize),
                SqliteResult.reader(codecs, mapping),
                settings.lockWaitTimeout(),
                settings.statementTimeout());
    }

    private Flux<T> onConnection() {
        return Flux.usingWhen(factory.create(), this::execute, Connection::close);
    }

    private Publisher<T> execute(Connection connection) {
        Statement statement = connection.createStatement(sql).fetchSize(fetchSize);
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value == null) {
                statement.bindNull(i, Object.class);
            } else {
                statement.bind(i, value);
            }
        }
        return Flux.from(statement.execute())
                .concatMap(result -> result.map((row, metadata) -> (T) mapping.apply(row)), 1);
    }
}
