package rillite.r2dbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import rillite.core.Lanes;

/**
 * One engine per database and JVM, counted by the factories that use it.
 *
 * <p>The JVM-wide half is a system property per open file, because a second class loader has classes of its own: two copies
 * of SQLite in one process drop each other's file locks, so the second one is refused. It cannot see users of plain
 * sqlite-jdbc.
 */
final class EngineRegistry {
    private static final String PROPERTY = "rillite.engine.";
    private static final Map<EngineKey, Entry> ENGINES = new HashMap<>();

    private EngineRegistry() {}

    /**
     * Opens the database, or joins the engine that has it open. File access happens on a thread of its own; the engine
     * arrives on the emission scheduler.
     *
     * @param owner told of the engine before the subscriber is; from then on it has a use to give back
     */
    static Mono<Engine> acquire(SqliteConnectionConfiguration configuration, Consumer<Engine> owner) {
        return Mono.create(sink -> start(configuration, owner, sink));
    }

    private static void start(
            SqliteConnectionConfiguration configuration, Consumer<Engine> owner, MonoSink<Engine> sink) {
        Thread opener = new Thread(() -> open(configuration, owner, sink), "rillite-opener");
        opener.setDaemon(true);
        opener.start();
    }

    private static void open(
            SqliteConnectionConfiguration configuration, Consumer<Engine> owner, MonoSink<Engine> sink) {
        Engine engine;
        Mono<Void> closing;
        try {
            EngineKey key = EngineKey.resolve(configuration);
            synchronized (ENGINES) {
                Entry known = ENGINES.get(key);
                closing = known == null ? null : known.closing;
                engine = closing == null ? join(key, known, configuration) : null;
            }
        } catch (Throwable t) {
            sink.error(t);
            return;
        }
        if (closing != null) {
            closing.subscribe(null, null, () -> start(configuration, owner, sink));
        } else if (engine != null) {
            hand(engine, owner, sink);
        }
    }

    /** Hands the engine over when it is open, unless nobody waits any more. */
    private static void hand(Engine engine, Consumer<Engine> owner, MonoSink<Engine> sink) {
        AtomicBoolean settled = new AtomicBoolean();
        sink.onCancel(() -> {
            if (settled.compareAndSet(false, true)) {
                release(engine).subscribe();
            }
        });
        engine.opening()
                .subscribe(
                        lanes -> {
                            if (settled.compareAndSet(false, true)) {
                                owner.accept(engine);
                                sink.success(engine);
                            }
                        },
                        error -> {
                            forget(engine);
                            if (settled.compareAndSet(false, true)) {
                                sink.error(error);
                            }
                        });
    }

    private static Engine join(EngineKey key, @Nullable Entry known, SqliteConnectionConfiguration configuration) {
        if (known == null) {
            claim(key);
            Engine engine = new Engine(key, configuration);
            ENGINES.put(key, new Entry(engine));
            engine.open();
            return engine;
        }
        List<String> differences = known.engine.configuration().differences(configuration);
        if (!differences.isEmpty()) {
            throw Errors.engine(
                    EngineFault.OTHER_OPTIONS,
                    key.name() + " is open already with other options: " + String.join(", ", differences),
                    null,
                    null);
        }
        known.users++;
        return known.engine;
    }

    private static void claim(EngineKey key) {
        if (key.file() == null) {
            return;
        }
        String mine = owner();
        Object other = System.getProperties().putIfAbsent(PROPERTY + key.identity(), mine);
        if (other != null) {
            throw Errors.engine(
                    EngineFault.FILE_HELD,
                    key.file() + " is open in this JVM through another class loader (" + other + ", this one is " + mine
                            + ")",
                    null,
                    null);
        }
    }

    private static String owner() {
        ClassLoader loader = EngineRegistry.class.getClassLoader();
        String name =
                loader == null ? "bootstrap" : loader.getClass().getName() + "@" + System.identityHashCode(loader);
        return name + " since " + Instant.now();
    }

    /** Gives one use back, at once; the last one closes the engine. Completes when it is closed. */
    static Mono<Void> release(Engine engine) {
        synchronized (ENGINES) {
            Entry entry = ENGINES.get(engine.key());
            if (entry == null || entry.engine != engine || --entry.users > 0) {
                return Mono.empty();
            }
            Mono<Void> closing =
                    engine.close().doOnTerminate(() -> forget(engine)).cache();
            entry.closing = closing;
            return closing;
        }
    }

    private static void forget(Engine engine) {
        synchronized (ENGINES) {
            Entry entry = ENGINES.get(engine.key());
            if (entry != null && entry.engine == engine) {
                ENGINES.remove(engine.key());
                System.getProperties().remove(PROPERTY + engine.key().identity());
            }
        }
    }

    /** The lanes of every open engine, for the leak assertion of tests. */
    static Collection<Lanes<SqlitePhysical>> open() {
        synchronized (ENGINES) {
            List<Lanes<SqlitePhysical>> open = new ArrayList<>();
            for (Entry entry : ENGINES.values()) {
                Lanes<SqlitePhysical> lanes = entry.engine.lanes();
                if (lanes != null && !lanes.isClosing()) {
                    open.add(lanes);
                }
            }
            return open;
        }
    }

    private static final class Entry {
        private final Engine engine;
        private int users = 1;
        private @Nullable Mono<Void> closing;

        private Entry(Engine engine) {
            this.engine = engine;
        }
    }
}
