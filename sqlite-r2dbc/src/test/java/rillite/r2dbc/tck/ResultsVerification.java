package rillite.r2dbc.tck;

import io.r2dbc.spi.Result;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;

/** The results of one text, as {@code Statement.execute} gives them. Run by {@link ReactiveStreamsIT}. */
public final class ResultsVerification extends PublisherVerification<Result> {
    private static final int MOST = 100;

    /** For TestNG. */
    public ResultsVerification() {
        super(
                new TestEnvironment(ReactiveStreamsIT.TIMEOUT_MILLIS, ReactiveStreamsIT.SILENCE_MILLIS),
                ReactiveStreamsIT.COLLECTED_MILLIS);
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Publisher<Result> createPublisher(long elements) {
        String sql = "SELECT 1;".repeat((int) elements) + "-- end";
        return (Publisher<Result>)
                ReactiveStreamsIT.session().createStatement(sql).execute();
    }

    /** None: a statement fails when it runs, and it runs when results are requested. */
    @Override
    public @Nullable Publisher<Result> createFailedPublisher() {
        return null;
    }
}
