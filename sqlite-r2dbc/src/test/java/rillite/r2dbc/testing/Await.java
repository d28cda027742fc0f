package rillite.r2dbc.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Waits for a publisher on the test's thread, never longer than {@link #LIMIT}. */
public final class Await {
    /** The longest wait of any helper. */
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private Await() {}

    /** Subscribes, waits for the end and returns the first element, or null when there is none. */
    public static <T> @Nullable T first(Publisher<? extends T> publisher) {
        return Flux.<T>from(publisher).collectList().blockOptional(LIMIT).orElseThrow().stream()
                .findFirst()
                .orElse(null);
    }

    /** Subscribes, waits for the end and returns the only element. */
    public static <T> T one(Publisher<? extends T> publisher) {
        return Flux.<T>from(publisher).single().blockOptional(LIMIT).orElseThrow();
    }

    /** Subscribes, waits for the end and returns every element in order. */
    public static <T> List<T> all(Publisher<? extends T> publisher) {
        return Flux.<T>from(publisher).collectList().blockOptional(LIMIT).orElseThrow();
    }

    /** Subscribes and waits for the end; elements are dropped. */
    public static void done(Publisher<?> publisher) {
        Flux.from(publisher).then().block(LIMIT);
    }

    /** Subscribes, waits for the end and returns the error the publisher ended with; fails if it completed. */
    public static Throwable error(Publisher<?> publisher) {
        return Flux.from(publisher)
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .blockOptional(LIMIT)
                .orElseThrow(() -> new AssertionError("expected an error, but the publisher completed"));
    }

    /** The error, its cause, the cause of that, and so on. */
    public static List<Throwable> causes(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable next = error; next != null && causes.size() < 20; next = next.getCause()) {
            causes.add(next);
        }
        return causes;
    }
}
