package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Result;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;

final class LobTests extends Contract {
    @BeforeEach
    void table() {
        exec("CREATE TABLE lob (b BLOB, c TEXT)");
    }

    @Test
    void blob_severalBuffers_arrivesWhole() {
        byte[] bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);
        Blob blob = Blob.from(Flux.range(0, 30).map(i -> ByteBuffer.wrap(bytes, i * 100_000, 100_000)));

        exec("INSERT INTO lob (b) VALUES (?)", blob);

        assertThat(read(Long.class, "SELECT length(b) FROM lob")).containsExactly(3_000_000L);
        assertThat(Await.<byte[]>one(readBlob())).isEqualTo(bytes);
    }

    @Test
    void clob_severalParts_arrivesWhole() {
        exec("INSERT INTO lob (c) VALUES (?)", Clob.from(Flux.just("Grüße, ", "\ud83d\ude00", " Welt")));

        var text = Flux.<Result>from(
                        connection.createStatement("SELECT c FROM lob").execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Clob.class)))
                .concatMap(clob -> Flux.from(clob.stream()).map(CharSequence::toString))
                .reduce("", String::concat);

        assertThat(Await.<String>one(text)).isEqualTo("Grüße, \ud83d\ude00 Welt");
    }

    @Test
    void empty_lobs_areEmptyAndNotNull() {
        exec("INSERT INTO lob VALUES (?, ?)", Blob.from(Mono.empty()), Clob.from(Mono.empty()));

        assertThat(read(String.class, "SELECT typeof(b) || length(b) || typeof(c) || length(c) FROM lob"))
                .containsExactly("blob0text0");
        assertThat(Await.<byte[]>one(readBlob())).isEmpty();
    }

    @Test
    void null_lob_isNull() {
        exec("INSERT INTO lob VALUES (NULL, NULL)");

        var nulls = Flux.<Result>from(
                        connection.createStatement("SELECT b, c FROM lob").execute())
                .concatMap(result -> result.map(
                        (row, metadata) -> row.get(0, Blob.class) == null && row.get(1, Clob.class) == null));

        assertThat(Await.<Boolean>one(nulls)).isTrue();
    }

    @Test
    void lobPublisher_fails_insertsNothing() {
        Blob blob = Blob.from(Flux.concat(
                Mono.just(ByteBuffer.wrap(new byte[10])), Mono.error(new IllegalStateException("upload broke"))));
        var insert = Flux.<Result>from(connection
                        .createStatement("INSERT INTO lob (b) VALUES (?)")
                        .bind(0, blob)
                        .execute())
                .concatMap(Result::getRowsUpdated);

        assertThat(Await.causes(Await.error(insert)))
                .anySatisfy(cause -> assertThat(cause).hasMessage("upload broke"));
        assertThat(database.value(Integer.class, "SELECT count(*) FROM lob")).isZero();
    }

    @Test
    void slowLobPublisher_holdsNoLock() {
        Blob never = Blob.from(Flux.<ByteBuffer>never());
        var waiting = Flux.<Result>from(connection
                        .createStatement("INSERT INTO lob (b) VALUES (?)")
                        .bind(0, never)
                        .execute())
                .concatMap(Result::getRowsUpdated)
                .subscribe();

        assertThat(database.run("INSERT INTO t VALUES (1)")).isEqualTo(1);

        waiting.dispose();
    }

    @Test
    void byteBuffer_bound_isNotMoved() {
        ByteBuffer buffer = ByteBuffer.wrap("xhelloy".getBytes(StandardCharsets.US_ASCII), 1, 5);

        exec("INSERT INTO lob (b) VALUES (?)", buffer);

        assertThat(buffer.remaining()).isEqualTo(5);
        assertThat(Await.<byte[]>one(readBlob())).isEqualTo("hello".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void blob_outlivesItsRow_andCanBeDiscarded() {
        exec("INSERT INTO lob (b) VALUES (?)", new byte[] {1, 2, 3});
        var blob = Await.<Blob>one(Flux.<Result>from(
                        connection.createStatement("SELECT b FROM lob").execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Blob.class))));
        var other = Await.<Blob>one(Flux.<Result>from(
                        connection.createStatement("SELECT b FROM lob").execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Blob.class))));

        assertThat(Await.<byte[]>one(bytes(blob))).containsExactly(1, 2, 3);
        done(other.discard());
        done(other.discard());
    }

    private Mono<byte[]> readBlob() {
        return Flux.<Result>from(connection.createStatement("SELECT b FROM lob").execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Blob.class)))
                .concatMap(LobTests::bytes)
                .single();
    }

    private static Mono<byte[]> bytes(Blob blob) {
        return Flux.from(blob.stream())
                .collect(ByteArrayOutputStream::new, (out, buffer) -> {
                    byte[] part = new byte[buffer.remaining()];
                    buffer.get(part);
                    out.writeBytes(part);
                })
                .map(ByteArrayOutputStream::toByteArray);
    }
}
