package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.schema.RelationNames;
import rillite.querysets.schema.Schema;

/** Sources follow the schema while it is watched. */
final class SchemaWatcherTests {

    private static final CodegenOptions OPTIONS = CodegenOptions.of("app.db");
    private static final Duration EVERY = Duration.ofMillis(100);

    @TempDir
    Path directory;

    private final BlockingQueue<WatchSignal> signals = new LinkedBlockingQueue<>();

    private Path root() {
        return directory.resolve("sources");
    }

    private Disposable watch(Path file) {
        Flux<WatchSignal> watch = SchemaWatcher.watch(SchemaSource.database(file), OPTIONS, root(), EVERY);
        return watch.subscribe(signals::add);
    }

    private WatchSignal next() throws InterruptedException {
        WatchSignal signal = signals.poll(Sample.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(signal).as("a signal in time").isNotNull();
        return signal;
    }

    /** On a slow machine the file may be locked by the test for longer than two looks, which is told. */
    private WatchSignal.Written nextWritten() throws InterruptedException {
        while (true) {
            if (next() instanceof WatchSignal.Written written
                    && !written.report().isUpToDate()) {
                return written;
            }
        }
    }

    private List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    @Test
    void changedSchema_rewritesWhatChanged() throws InterruptedException {
        Path file = Sample.ofScript(directory, "CREATE TABLE a (id INTEGER); CREATE TABLE b (id INTEGER)");
        Disposable watching = watch(file);
        try {
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WatchSignal.Written.class,
                            first -> assertThat(first.report().written()).hasSize(8));

            Sample.run(file, "INSERT INTO a VALUES (1)");
            Sample.run(file, "BEGIN; ALTER TABLE b ADD COLUMN name TEXT; DROP TABLE a; COMMIT");

            assertThat(nextWritten()).satisfies(second -> {
                assertThat(names(second.report().removed())).contains("A.java", "ATable.java", "NewA.java");
                assertThat(names(second.report().written())).contains("B.java", "package-info.java");
            });
            assertThat(root().resolve("app/db/B.java")).content().contains("@Nullable String name");
        } finally {
            stop(watching);
        }
    }

    @Test
    void fileThatCannotBeRead_isToldOnce_andWatchedOn() throws InterruptedException, IOException {
        Path file = directory.resolve("later.db");
        Disposable watching = watch(file);
        try {
            assertThat(next())
                    .isInstanceOfSatisfying(
                            WatchSignal.Failed.class,
                            failed -> assertThat(failed.error())
                                    .isInstanceOf(CodegenException.class)
                                    .hasMessageContaining("later.db"));

            Files.move(Sample.ofScript(directory, "CREATE TABLE a (id INTEGER)"), file);

            assertThat(next()).isInstanceOf(WatchSignal.Written.class);
        } finally {
            stop(watching);
        }
    }

    /** Counts how often it is asked. */
    private record Counted(SchemaSource source, AtomicInteger looks, AtomicInteger reads) implements SchemaSource {

        @Override
        public Mono<Schema> read(RelationNames names) {
            reads.incrementAndGet();
            return source.read(names);
        }

        @Override
        public Object stamp() {
            looks.incrementAndGet();
            return source.stamp();
        }

        @Override
        public Mono<String> fingerprint() {
            return source.fingerprint();
        }
    }

    @Test
    void brokenMigration_isReadLessAndLessOften_untilItChanges() throws InterruptedException, IOException {
        Path folder = Files.createDirectories(directory.resolve("migrations"));
        Path migration = folder.resolve("0001_a.sql");
        Files.writeString(migration, "CREATE TABEL a (id INTEGER);");
        Counted source = new Counted(SchemaSource.migrations(folder), new AtomicInteger(), new AtomicInteger());
        Disposable watching =
                SchemaWatcher.watch(source, OPTIONS, root(), EVERY.dividedBy(5)).subscribe(signals::add);
        try {
            assertThat(next()).isInstanceOf(WatchSignal.Failed.class);
            Awaitility.await()
                    .atMost(Sample.PATIENCE)
                    .until(() -> source.looks().get() >= 60);
            int reads = source.reads().get();
            assertThat(reads).isLessThan(source.looks().get() / 4);

            Files.writeString(migration, "CREATE TABLE a (id INTEGER PRIMARY KEY);");

            assertThat(nextWritten().report().written()).isNotEmpty();
        } finally {
            stop(watching);
        }
    }

    @Test
    void cancel_endsTheThread() throws InterruptedException {
        Disposable watching = watch(Sample.ofScript(directory, "CREATE TABLE a (id INTEGER)"));
        next();

        stop(watching);
    }

    /** Nothing is written afterwards, so that the folder can be removed. */
    private static void stop(Disposable watching) {
        watching.dispose();
        Awaitility.await()
                .atMost(Sample.PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("rillite-watch")));
    }
}
