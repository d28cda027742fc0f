package rillite.core.tck;

import org.reactivestreams.Publisher;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;

/** Cursors on reader connections. */
public final class CursorFluxVerification extends LanePublisherVerification<String> {

    public CursorFluxVerification() {
        super(new FakeDatabase());
    }

    @Override
    public Publisher<String> createPublisher(long elements) {
        return FakeLanes.read(house().session(), FakeQuery.rows(elements));
    }
}
