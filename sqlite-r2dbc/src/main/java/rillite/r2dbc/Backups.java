package rillite.r2dbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Copies of a database in use. */
final class Backups {
    private static final Scheduler FILES = Schedulers.fromExecutor(task -> {
        Thread thread = new Thread(task, "rillite-backup");
        thread.setDaemon(true);
        thread.start();
    });

    private Backups() {}

    /** Writes a copy beside the target first, so that nobody sees a half of it. */
    static Mono<Void> backup(SqliteConnection connection, Path target) {
        return Mono.defer(() -> {
            Path whole = target.toAbsolutePath();
            String suffix = ".part-" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36);
            Path part = whole.resolveSibling(whole.getFileName() + suffix);
            Mono<Void> reserved = onFileThread(whole, () -> reserve(whole, part));
            Mono<Void> named = onFileThread(whole, () -> Files.move(part, whole));
            Mono<Void> removed = onFileThread(whole, () -> Files.deleteIfExists(part));
            return Mono.usingWhen(
                    reserved.thenReturn(part),
                    empty -> copy(connection, empty).then(named),
                    done -> Mono.empty(),
                    (done, error) -> removed,
                    done -> removed);
        });
    }

    /** VACUUM INTO takes an empty file; making it first gives it to its owner alone. */
    private static void reserve(Path whole, Path part) throws IOException {
        Path folder = whole.getParent();
        if (Files.exists(whole)) {
            throw refused(whole, "it exists");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw refused(whole, "its folder does not exist");
        }
        EngineKey.createPrivate(part);
    }

    private static Mono<Void> copy(SqliteConnection connection, Path empty) {
        SqliteSelect vacuum = SqliteSelect.attaching("VACUUM INTO ?", new Object[] {empty.toString()});
        return ServiceRun.of(connection, vacuum, Duration.ZERO).then();
    }

    private static RuntimeException refused(Path whole, String why) {
        return Errors.engine(EngineFault.CANNOT_OPEN, "Cannot back up to " + whole + ": " + why, null, null);
    }

    private static Mono<Void> onFileThread(Path whole, FileWork work) {
        return Mono.<Void>fromCallable(() -> {
                    work.run();
                    return null;
                })
                .onErrorMap(IOException.class, e -> refused(whole, e.toString()))
                .subscribeOn(FILES);
    }

    /** Work on files of the copy, never on the database. */
    private interface FileWork {
        void run() throws IOException;
    }
}
