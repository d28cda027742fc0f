package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** Demand reaches the connection row by row: QuerySets add no buffer of their own. */
final class QuerySetDemandTests {

    @TempDir
    Path directory;

    @Test
    void flux_readsOnlyWhatIsRequested() {
        Fixture shop = Fixture.bookshop(Access.BARE, directory);
        BareConnectionFactory connections = (BareConnectionFactory) shop.connections;
        connections.rowsRead.set(0);
        StepVerifier.create(shop.db.objects("order line").flux(), 0)
                .expectSubscription()
                .then(() -> assertThat(connections.rowsRead).hasValue(0))
                .thenRequest(2)
                .expectNextCount(2)
                .then(() -> assertThat(connections.rowsRead).hasValue(2))
                .thenRequest(1)
                .expectNextCount(1)
                .thenCancel()
                .verify(Fixture.PATIENCE);
        assertThat(connections.rowsRead).hasValue(3);
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> shop.open.get() == 0);
    }
}
