package rillite.querysets.migrate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import rillite.r2dbc.SqliteConnectionFactory;

/**
 * Another process that migrates a file: prints "ready", waits for a line, then prints each step of its way. Arguments are
 * the file, the folder, and "up" or "down".
 */
final class MigratesFile {

    private MigratesFile() {}

    public static void main(String[] arguments) throws IOException {
        SqliteConnectionFactory connections = SqliteConnectionFactory.fromUrl("r2dbc:sqlite:file:///" + arguments[0]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        if (in.readLine() == null) {
            return;
        }
        boolean up = arguments[2].equals("up");
        Migrations.of(Path.of(arguments[1]))
                .progress(all -> up ? all.migrate(connections) : all.rollbackTo(connections, "0"))
                .doOnNext(told -> System.out.println(
                        (told.committed() ? "done " : "at ") + told.version() + " " + told.statement()))
                .blockLast(Duration.ofMinutes(2));
        connections.close().block(Duration.ofSeconds(20));
        System.out.println("end");
    }
}
