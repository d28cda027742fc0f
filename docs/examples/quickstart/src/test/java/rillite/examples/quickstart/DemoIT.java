package rillite.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.DisposableServer;
import rillite.querysets.Database;

final class DemoIT {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void run_sample_showsEveryStep() {
        int code = Demo.run(new PrintStream(out, true), new PrintStream(err, true));

        assertThat(text(err)).isEmpty();
        assertThat(code).isZero();
        assertThat(text(out))
                .contains("97,950 rows", "shelf place", "mentor_id -> author")
                .contains("price_cents__gte", "ORDER BY", "USING INDEX book_published")
                .contains("906 rows of \"book\"", "60,000 rows of \"purchase_line\"")
                .containsPattern("SQLite read at most \\d{1,3} rows more than the subscriber took")
                .containsPattern(" 500   20,000 .*\\n\\n.* rows in the file, 0 failed")
                .contains("200,000 rows in", "40 transactions")
                .contains("UnknownFieldException: Unknown field \"purcahse_id\"", "Did you mean")
                .doesNotContain("\u001b");
        assertThat(text(out).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void run_userFile_isNotChangedByAByte() throws IOException {
        Path file = folder.resolve("my shop.db");
        Bookshop.create(file, 11).block();
        byte[] before = Files.readAllBytes(file);

        int code = Demo.run(new PrintStream(out, true), new PrintStream(err, true), file.toString());

        assertThat(text(err)).isEmpty();
        assertThat(code).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(text(out)).contains("opened read-only", "SQLite made my shop.db-wal and my shop.db-shm beside it");
    }

    @Test
    void run_fileThatOnlyLooksLikeADatabase_isOneSentence() throws IOException {
        Path file = Files.writeString(folder.resolve("fake.db"), "SQLite format 3\0" + "x".repeat(5_000));

        int code = Demo.run(new PrintStream(out, true), new PrintStream(err, true), file.toString());

        assertThat(code).isEqualTo(2);
        assertThat(text(out)).isEmpty();
        assertThat(text(err).lines()).singleElement().asString().contains("cannot be opened");
    }

    @Test
    void create_sameSeed_givesTheSameRows() {
        Path first = folder.resolve("first.db");
        Path second = folder.resolve("second.db");
        Bookshop.create(first, 5).block();
        Bookshop.create(second, 5).block();

        assertThat(fingerprint(first)).isEqualTo(fingerprint(second)).isNotEmpty();
    }

    @Test
    void start_tableRoute_streamsNdjson() throws Exception {
        Path file = folder.resolve("served.db");
        Bookshop.create(file, 3).block();
        ConnectionFactory factory = Sql.open(file, "mode=ro");
        DisposableServer server =
                Server.start(Objects.requireNonNull(Database.over(factory).block()));
        try {
            HttpResponse<String> places = get(Server.url(server, "shelf place"));
            assertThat(places.statusCode()).isEqualTo(200);
            assertThat(places.headers().firstValue("content-type")).contains("application/x-ndjson");
            assertThat(places.body().lines())
                    .hasSize(2_000)
                    .first()
                    .isEqualTo("{\"id\":1,\"shelf\":\"Shelf 1\",\"place\":1,\"book_id\":1}");
            assertThat(get(Server.url(server, "")).body()).contains("purchase_line\n");
            assertThat(get(Server.url(server, "nope")).statusCode()).isEqualTo(404);
        } finally {
            server.disposeNow();
            Sql.close(factory).block();
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String fingerprint(Path file) {
        ConnectionFactory factory = Sql.open(file, "mode=ro");
        try {
            return Objects.requireNonNull(Sql.on(
                            factory,
                            connection -> Sql.query(
                                    connection,
                                    "SELECT group_concat(title || published || price_cents, ';') FROM book",
                                    (row, metadata) -> Objects.requireNonNull(row.get(0, String.class))))
                    .blockLast());
        } finally {
            Sql.close(factory).block();
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
