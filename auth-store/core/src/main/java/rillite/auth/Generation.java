package rillite.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * What moves with everything that makes a session another, whoever writes it: triggers see to that. All who ask while a read is
 * under way share the next one. It begins after they asked, so that it sees what was committed before.
 */
final class Generation {

    private static final int MOST = 65_536;

    /** The columns that {@link Mark#of} reads. */
    static final String COLUMNS = "(SELECT value FROM auth_generation) AS generation,"
            + " (SELECT schema_version FROM pragma_schema_version) AS schema_version";

    private static final String READ =
            "SELECT g.value AS generation, v.schema_version FROM auth_generation g, pragma_schema_version v";
    private static final String GUARDS =
            "SELECT count(*) AS triggers, (SELECT schema_version FROM pragma_schema_version)"
                    + " AS schema_version FROM sqlite_schema WHERE type = 'trigger' AND name IN ('"
                    + String.join("', '", ExpectedTables.triggers()) + "')";

    private final Store store;
    private final Queue<MonoSink<Mark>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile long guarded = -1;

    /**
     * @param store outside of any transaction
     */
    Generation(Store store) {
        this.store = store;
    }

    /**
     * @param value what the triggers count
     * @param schema changes when a table or a trigger is made or dropped
     */
    record Mark(long value, long schema) {

        static @Nullable Mark of(Fields row) {
            Long value = row.optionalNumber("generation");
            Long schema = row.optionalNumber("schema_version");
            return value == null || schema == null ? null : new Mark(value, schema);
        }
    }

    /** Whether all triggers are there. Asked of the file when its schema is not the one that was asked of before. */
    Mono<Boolean> isGuarded(Mark mark) {
        if (guarded == mark.schema()) {
            return Mono.just(true);
        }
        return store.row(GUARDS).map(Fields::of).map(row -> {
            if (row.number("triggers") == ExpectedTables.triggers().size()) {
                guarded = row.number("schema_version");
            }
            return guarded == mark.schema();
        });
    }

    /** As it is now, read after this is subscribed to. Empty when it cannot be told, or too many ask. */
    Mono<Mark> mark() {
        return Mono.create(sink -> {
            if (size.incrementAndGet() > MOST) {
                size.decrementAndGet();
                sink.success();
                return;
            }
            waiting.add(sink);
            next();
        });
    }

    private void next() {
        while (!waiting.isEmpty() && underWay.compareAndSet(false, true)) {
            List<MonoSink<Mark>> batch = new ArrayList<>();
            for (MonoSink<Mark> one = waiting.poll(); one != null; one = waiting.poll()) {
                batch.add(one);
            }
            if (!batch.isEmpty()) {
                size.addAndGet(-batch.size());
                read(batch);
                return;
            }
            underWay.set(false);
        }
    }

    private void read(List<MonoSink<Mark>> batch) {
        store.row(READ)
                .map(row -> Optional.ofNullable(Mark.of(Fields.of(row))))
                .defaultIfEmpty(Optional.empty())
                .subscribe(
                        mark -> ended(batch, sink -> sink.success(mark.orElse(null))),
                        error -> ended(batch, sink -> sink.error(error)));
    }

    /** The next read begins before anybody is told: who goes on with long work on this thread holds nobody up. */
    private void ended(List<MonoSink<Mark>> batch, Consumer<MonoSink<Mark>> told) {
        underWay.set(false);
        next();
        batch.forEach(told);
    }
}
