package rillite.core;

import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** A cursor, opened anew for every subscription and read by demand. */
final class CursorFlux<C extends PhysicalConnection, K extends PreparedCursor.Chunk, T> extends Flux<T> {
    private final Supplier<Session<C>> session;
    private final PreparedCursor.Source<C, K> source;
    private final PreparedCursor.Reader<K, T> reader;

    CursorFlux(Supplier<Session<C>> session, PreparedCursor.Source<C, K> source, PreparedCursor.Reader<K, T> reader) {
        this.session = session;
        this.source = source;
        this.reader = reader;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        actual.onSubscribe(new CursorSubscription<>(session.get(), source, reader, actual));
    }
}
