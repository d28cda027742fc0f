package rillite.r2dbc;

import java.nio.file.Files;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Copies of a database in use. */
final class Backups {
    private Backups() {}

    /** Writes a copy beside the target first, so that nobody sees a half of it. */
    static Mono<Void> backup(SqliteConnection connection, Path target) {
        return Mono.defer(() -> {
            Path whole = target.toAbsolutePath().normalize();
            Path part = whole.resolveSibling(whole.getFileName() + ".part");
            Mono<Void> free = onFileThread(() -> {
                if (Files.exists(whole)) {
                    throw Errors.engine(EngineFault.CANNOT_OPEN, "Backup target " + whole + " exists", null, null);
                }
                Files.deleteIfExists(part);
            });
            Mono<Void> copied = Mono.from(connection
                            .createStatement("VACUUM INTO ?")
                            .bind(0, part.toString())
                            .execute())
                    .flatMap(result -> Mono.from(result.getRowsUpdated()))
                    .then();
            Mono<Void> named = onFileThread(() -> Files.move(part, whole));
            Mono<Void> removed = onFileThread(() -> Files.deleteIfExists(part));
            return free.then(copied)
                    .then(named)
                    .onErrorResume(error -> removed.then(Mono.error(error)))
                    .doOnCancel(() -> removed.subscribe());
        });
    }

    private static Mono<Void> onFileThread(FileWork work) {
        return Mono.<Void>fromCallable(() -> {
                    work.run();
                    return null;
                })
                .subscribeOn(Schedulers.fromExecutor(task -> {
                    Thread thread = new Thread(task, "rillite-backup");
                    thread.setDaemon(true);
                    thread.start();
                }));
    }

    /** Work on files of the copy, never on the database. */
    private interface FileWork {
        void run() throws Exception;
    }
}
