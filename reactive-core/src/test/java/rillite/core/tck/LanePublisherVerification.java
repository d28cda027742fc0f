package rillite.core.tck;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeLanes;

/** What the verifications share: lanes that are opened for the class and must be leak-free after it. */
public abstract class LanePublisherVerification<T> extends PublisherVerification<T> {
    private static final long TIMEOUT_MILLIS = 1_000;
    private static final long SILENCE_MILLIS = 50;
    /** How long the collector may take to let a cancelled subscriber go. */
    private static final long COLLECTED_MILLIS = 5_000;

    private final FakeDatabase database;
    private @Nullable FakeLanes house;

    LanePublisherVerification(FakeDatabase database) {
        super(new TestEnvironment(TIMEOUT_MILLIS, SILENCE_MILLIS), COLLECTED_MILLIS);
        this.database = database;
    }

    @BeforeClass
    public final void open() {
        house = FakeLanes.open(database, options -> options);
    }

    @AfterClass
    public final void close() {
        house().close();
    }

    final FakeLanes house() {
        FakeLanes open = house;
        if (open == null) {
            throw new IllegalStateException("not opened");
        }
        return open;
    }

    /** The publishers are cold and work on request: they cannot fail before one. */
    @Override
    public final @Nullable Publisher<T> createFailedPublisher() {
        return null;
    }
}
