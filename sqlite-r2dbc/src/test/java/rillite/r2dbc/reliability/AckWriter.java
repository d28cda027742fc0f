package rillite.r2dbc.reliability;

import io.r2dbc.spi.Connection;
import java.nio.file.Path;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.TestDatabase;

/** Another process: some clients insert one row after the other and print each acknowledged one. Runs until killed. */
final class AckWriter {
    static final int CLIENTS = 8;

    private static final String LAST = "SELECT ifnull(max(seq), 0) FROM ack WHERE client = ?";
    private static final String INSERT = "INSERT INTO ack VALUES (?, ?)";

    private AckWriter() {}

    public static void main(String[] arguments) {
        TestDatabase database = TestDatabase.at(Path.of(arguments[0]));
        System.out.println("ready");
        Flux.range(0, CLIENTS)
                .flatMap(client -> database.using(c -> write(c, client)), CLIENTS)
                .blockLast();
    }

    private static Flux<Void> write(Connection connection, int client) {
        return TestDatabase.column(connection, Integer.class, LAST, client)
                .concatMap(last -> Flux.range(last + 1, 1_000_000))
                .concatMap(
                        seq -> insert(connection, client, seq)
                                .doOnSuccess(done -> System.out.println(client + " " + seq)),
                        1);
    }

    private static Mono<Void> insert(Connection connection, int client, int seq) {
        Mono<Void> insert = TestDatabase.counts(connection, INSERT, client, seq).then();
        if (seq % 5 != 0) {
            return insert;
        }
        return Mono.from(connection.beginTransaction()).then(insert).then(Mono.from(connection.commitTransaction()));
    }
}
