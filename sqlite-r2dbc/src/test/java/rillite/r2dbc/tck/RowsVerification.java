package rillite.r2dbc.tck;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.TestDatabase;

/** The rows of one result, as {@code Result.map} gives them. Run by {@link ReactiveStreamsIT}. */
public final class RowsVerification extends PublisherVerification<Long> {
    /** For TestNG. */
    public RowsVerification() {
        super(
                new TestEnvironment(ReactiveStreamsIT.TIMEOUT_MILLIS, ReactiveStreamsIT.SILENCE_MILLIS),
                ReactiveStreamsIT.COLLECTED_MILLIS);
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        Connection connection = ReactiveStreamsIT.session();
        String sql = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n LIMIT ?";
        Result result = Await.one(TestDatabase.bound(connection, sql, elements).execute());
        return result.map((row, metadata) -> row.get(0, Long.class));
    }

    /** None: a query fails when it runs, and it runs when rows are requested. */
    @Override
    public @Nullable Publisher<Long> createFailedPublisher() {
        return null;
    }
}
