package rillite.core.tck;

import org.reactivestreams.Publisher;
import rillite.core.Session;
import rillite.core.testing.FakeConnection;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeLanes;

/** A transaction's begin and rollback, which have no result. */
public final class BeginMonoVerification extends LanePublisherVerification<Void> {

    public BeginMonoVerification() {
        super(new FakeDatabase());
    }

    @Override
    public long maxElementsFromPublisher() {
        return 0;
    }

    @Override
    public Publisher<Void> createPublisher(long elements) {
        Session<FakeConnection> session = house().session();
        return FakeLanes.begin(session).then(session.close());
    }
}
