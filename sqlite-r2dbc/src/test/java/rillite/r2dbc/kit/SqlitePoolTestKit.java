package rillite.r2dbc.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ValidationDepth;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;

/** The kit through r2dbc-pool: 33 of its tests unchanged, {@code validate} replaced. */
abstract class SqlitePoolTestKit extends SqliteTestKit {
    SqlitePoolTestKit(BindStyle style) {
        super(style, "pool:", "initialSize=1", "maxSize=4");
    }

    /**
     * The kit wants false after close. A pooled connection passes {@code validate} on to the connection it wraps, also
     * after it was closed itself, and that one lives on in the pool: the answer is true and not the driver's to change.
     */
    @Test
    @Override
    public void validate() {
        var answers = Mono.<Connection>from(getConnectionFactory().create())
                .flatMapMany(connection -> Flux.concat(
                        connection.validate(ValidationDepth.LOCAL),
                        connection.validate(ValidationDepth.REMOTE),
                        Mono.from(connection.close()).then(Mono.empty()),
                        connection.validate(ValidationDepth.LOCAL),
                        connection.validate(ValidationDepth.REMOTE)));

        assertThat(Await.all(answers)).containsExactly(true, true, true, true);
    }
}
