package rillite.querysets.migrate;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import rillite.querysets.SqlFunctions;
import rillite.querysets.migrate.internal.FileThread;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/** A database in a temporary folder, gone afterwards. Its connections have the functions of the library. */
final class ScratchFile {

    private final Path folder;
    private final SqliteConnectionFactory connections;

    private ScratchFile(Path folder) {
        this.folder = folder;
        String url = "r2dbc:sqlite:file:///"
                + folder.resolve("scratch.db").toAbsolutePath().toString().replace('\\', '/');
        connections =
                SqliteConnectionFactory.from(SqlFunctions.addTo(SqliteConnectionConfiguration.fromUrl(url).toBuilder())
                        .build());
    }

    static <T> Mono<T> use(Function<SqliteConnectionFactory, Mono<T>> work) {
        return Mono.usingWhen(
                FileThread.call(() -> new ScratchFile(Files.createTempDirectory("rillite-migrations"))),
                file -> work.apply(file.connections),
                ScratchFile::remove);
    }

    private Mono<Boolean> remove() {
        return connections.close().then(FileThread.call(() -> {
            delete();
            return Boolean.TRUE;
        }));
    }

    private void delete() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
