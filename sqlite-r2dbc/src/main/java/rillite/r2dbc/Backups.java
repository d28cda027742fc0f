package rillite.r2dbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One copy of a database in use. It is written beside the target first, so that nobody sees a half of it. */
final class Backups {
    private static final Scheduler FILES = Schedulers.fromExecutor(task -> {
        Thread thread = new Thread(task, "rillite-backup");
        thread.setDaemon(true);
        thread.start();
    });

    private final Path whole;
    private final Path part;
    private boolean over;

    private Backups(Path whole) {
        String suffix = ".part-" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
        this.whole = whole;
        this.part = whole.resolveSibling(whole.getFileName() + suffix);
    }

    static Mono<Void> backup(SqliteConnection connection, Path target) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new Backups(target.toAbsolutePath())),
                copy -> copy.onFileThread(copy::reserve)
                        .then(copy.vacuum(connection))
                        .then(copy.onFileThread(copy::name)),
                copy -> Mono.empty(),
                (copy, error) -> copy.onFileThread(copy::remove),
                copy -> copy.onFileThread(copy::remove));
    }

    /** VACUUM INTO takes an empty file; making it first gives it to its owner alone. */
    private synchronized void reserve() throws IOException {
        Path folder = whole.getParent();
        if (Files.exists(whole)) {
            throw refused("it exists");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw refused("its folder does not exist");
        }
        if (!over) {
            EngineKey.createPrivate(part);
        }
    }

    private Mono<Void> vacuum(SqliteConnection connection) {
        SqliteSelect vacuum = SqliteSelect.attaching("VACUUM INTO ?", new Object[] {part.toString()});
        return ServiceRun.of(connection, vacuum, Duration.ZERO).then();
    }

    private synchronized void name() throws IOException {
        if (!over) {
            Files.move(part, whole);
        }
    }

    /** What a cancel overtook does not make the file again. */
    private synchronized void remove() throws IOException {
        over = true;
        Files.deleteIfExists(part);
    }

    private RuntimeException refused(String why) {
        return Errors.engine(EngineFault.CANNOT_OPEN, "Cannot back up to " + whole + ": " + why, null, null);
    }

    private Mono<Void> onFileThread(FileWork work) {
        return Mono.<Void>fromCallable(() -> {
                    work.run();
                    return null;
                })
                .onErrorMap(IOException.class, e -> refused(e.toString()))
                .subscribeOn(FILES);
    }

    /** Work on files of the copy, never on the database. */
    private interface FileWork {
        void run() throws IOException;
    }
}
