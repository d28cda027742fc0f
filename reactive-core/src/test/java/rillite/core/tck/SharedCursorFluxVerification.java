package rillite.core.tck;

import org.reactivestreams.Publisher;
import rillite.core.testing.FakeDatabase;
import rillite.core.testing.FakeLanes;
import rillite.core.testing.FakeQuery;

/** Cursors where everything shares the writer's connection. */
public final class SharedCursorFluxVerification extends LanePublisherVerification<String> {

    public SharedCursorFluxVerification() {
        super(new FakeDatabase().withoutReaders());
    }

    @Override
    public Publisher<String> createPublisher(long elements) {
        return FakeLanes.read(house().session(), FakeQuery.rows(elements));
    }
}
