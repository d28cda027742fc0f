package rillite.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
     */
    static Mono<Engine> acquire(SqliteConnectionConfiguration configuration) {
        return Mono.create(sink -> {
            Thread opener = new Thread(() -> open(configuration, sink), "rillite-opener");
            opener.setDaemon(true);
            opener.start();
        });
    }

    private static void open(SqliteConnectionConfiguration configuration, MonoSink<Engine> sink) {
        Engine engine;
        try {
            EngineKey key = EngineKey.resolve(configuration);
            Mono<Void> closing = closing(key);
            if (closing != null) {
                sink.onCancel(closing.subscribe(null, sink::error, () -> acquire(configuration)
                        .subscribe(sink::success, sink::error)));
                return;
            }
            engine = join(key, configuration);
        } catch (Throwable t) {
            sink.error(t);
            return;
        }
        sink.onCancel(engine.opening()
                .doOnCancel(() -> release(engine).subscribe())
                .doOnError(error -> abandon(engine))
                .subscribe(opened -> sink.success(engine), sink::error));
    }

    /** The end of an engine of this database that is being closed, or null. */
    private static @Nullable Mono<Void> closing(EngineKey key) {
        synchronized (ENGINES) {
            Entry known = ENGINES.get(key);
            return known == null ? null : known.closing;
        }
    }

    private static Engine join(EngineKey key, SqliteConnectionConfiguration configuration) {
        synchronized (ENGINES) {
            Entry known = ENGINES.get(key);
            if (known != null) {
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
            claim(key);
            Engine engine = new Engine(key, configuration);
            ENGINES.put(key, new Entry(engine));
            return engine;
        }
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
                    key.file() + " is open in this JVM through another class loader (" + other + ", this one is " + mine + ")",
                    null,
                    null);
        }
    }

    private static String owner() {
        ClassLoader loader = EngineRegistry.class.getClassLoader();
        String name = loader == null ? "bootstrap" : loader.getClass().getName() + "@" + System.identityHashCode(loader);
        return name + " since " + Instant.now();
    }

    /** Gives one use back; the last one closes the engine. Completes when it is closed. */
    static Mono<Void> release(Engine engine) {
        return Mono.defer(() -> {
            synchronized (ENGINES) {
                Entry entry = ENGINES.get(engine.key());
                if (entry == null || entry.engine != engine) {
                    return Mono.empty();
                }
                if (--entry.users > 0) {
                    return Mono.empty();
                }
                entry.closing = engine.close().doFinally(signal -> forget(engine)).cache();
                return entry.closing;
            }
        });
    }

    private static void abandon(Engine engine) {
        synchronized (ENGINES) {
            forget(engine);
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
            return ENGINES.values().stream()
                    .map(entry -> entry.engine.lanes())
                    .filter(lanes -> lanes != null && !lanes.isClosing())
                    .<Lanes<SqlitePhysical>>map(lanes -> java.util.Objects.requireNonNull(lanes))
                    .toList();
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
