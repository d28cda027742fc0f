package rillite.core.tck;

import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import rillite.core.testing.FakeDatabase;

/** A write, which has one result. */
public final class WriteMonoVerification extends LanePublisherVerification<Long> {
    private final AtomicLong values = new AtomicLong();

    public WriteMonoVerification() {
        super(new FakeDatabase());
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }

    @Override
    public Publisher<Long> createPublisher(long elements) {
        return house().insert("v" + values.incrementAndGet());
    }
}
