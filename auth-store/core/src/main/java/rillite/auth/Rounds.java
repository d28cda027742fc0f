package rillite.auth;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Work on a database that is done again and again. For the store and its bridges. */
public final class Rounds {

    /** Closed, and interrupted by the close: only these of the errors that do not pass by themselves. */
    private static final Set<String> CLOSED = Set.of("08003", "57014");

    private Rounds() {}

    /**
     * Does work again and again, first when that time has passed, until it is disposed of, or its database is closed. A failure is
     * told and the next round comes all the same; rounds never overlap.
     *
     * @param failed is told on the thread of the failure
     */
    public static Disposable start(Duration every, Supplier<? extends Mono<?>> work, Consumer<Throwable> failed) {
        return Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(
                        round -> Mono.defer(work).then().onErrorResume(error -> {
                            if (isClosed(error)) {
                                return Mono.error(error);
                            }
                            failed.accept(error);
                            return Mono.empty();
                        }),
                        1)
                .subscribe(nothing -> {}, closed -> {});
    }

    private static boolean isClosed(Throwable error) {
        return error instanceof R2dbcNonTransientResourceException gone
                && CLOSED.contains(String.valueOf(gone.getSqlState()));
    }
}
