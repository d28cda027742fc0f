package rillite.r2dbc;

import io.r2dbc.spi.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import rillite.core.Lanes;
import rillite.core.Session;

/** A connection for every subscription, made when it is requested; one that nobody takes is closed. */
final class ConnectionMono extends Mono<Connection> {
    private final SqliteConnectionConfiguration configuration;
    private final Supplier<@Nullable Engine> open;
    private final Mono<Engine> opening;

    /** Takes the engine from {@code open} while it is there, else from {@code opening}. */
    ConnectionMono(SqliteConnectionConfiguration configuration, Supplier<@Nullable Engine> open, Mono<Engine> opening) {
        this.configuration = configuration;
        this.open = open;
        this.opening = opening;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Connection> actual) {
        actual.onSubscribe(new Demand(actual));
    }

    private final class Demand implements Subscription {
        private static final int NEW = 0;
        private static final int ASKED = 1;
        private static final int OVER = 2;

        private final CoreSubscriber<? super Connection> actual;
        private final AtomicInteger state = new AtomicInteger(NEW);

        Demand(CoreSubscriber<? super Connection> actual) {
            this.actual = actual;
        }

        @Override
        public void request(long n) {
            if (!Operators.validate(n) || !state.compareAndSet(NEW, ASKED)) {
                return;
            }
            Engine engine = open.get();
            if (engine != null && engine.lanes() != null) {
                connect(engine);
            } else {
                opening.subscribe(this::connect, this::fail);
            }
        }

        @Override
        public void cancel() {
            state.set(OVER);
        }

        private void connect(Engine engine) {
            Lanes<SqlitePhysical> lanes = engine.lanes();
            if (lanes == null || state.get() == OVER) {
                return;
            }
            SessionSettings settings = configuration.settings();
            boolean dedicated = settings.dedicated();
            if (dedicated && !lanes.hasReaders()) {
                fail(Errors.engine(
                        EngineFault.NO_OWN_CONNECTION,
                        "session=dedicated needs connections beside the writer, and " + configuration.location()
                                + " has none, because it is not in WAL mode",
                        null,
                        null));
                return;
            }
            Session<SqlitePhysical> session = lanes.session(settings.lockWaitTimeout());
            session.statementTimeout(settings.statementTimeout());
            SqliteConnection connection = new SqliteConnection(session, engine, configuration);
            if (dedicated) {
                session.dedicate().subscribe(null, error -> refuse(connection, error), () -> deliver(connection));
            } else {
                deliver(connection);
            }
        }

        private void deliver(SqliteConnection connection) {
            if (state.compareAndSet(ASKED, OVER)) {
                actual.onNext(connection);
                actual.onComplete();
            } else {
                connection.close().subscribe();
            }
        }

        private void refuse(SqliteConnection connection, Throwable error) {
            connection.close().subscribe();
            fail(error);
        }

        private void fail(Throwable error) {
            if (state.compareAndSet(ASKED, OVER)) {
                actual.onError(error);
            }
        }
    }
}
