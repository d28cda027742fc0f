package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

final class LobsTests {
    private static final Codecs CODECS = new Codecs(CodecOptions.DEFAULTS);
    private static final int CHUNK = 64 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void blob_anyLength_streamsAndComesBack(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        Blob blob = CODECS.decode(TestChunks.cell("BLOB", bytes), 0, 0, Blob.class);

        Flux.from(blob.stream())
                .as(StepVerifier::create)
                .expectNextCount((length + CHUNK - 1) / CHUNK)
                .verifyComplete();
        Codecs.aggregate(blob)
                .as(StepVerifier::create)
                .assertNext(all -> assertThat(all).isEqualTo(bytes))
                .verifyComplete();
        Mono.from(blob.discard()).as(StepVerifier::create).verifyComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void clob_anyLength_neverSplitsAPair(int length) {
        String text = "a".repeat(length % 2) + "\uD83D\uDE00".repeat(length / 2);
        Clob clob = CODECS.decode(TestChunks.cell("TEXT", text), 0, 0, Clob.class);

        Flux.from(clob.stream())
                .as(StepVerifier::create)
                .thenConsumeWhile(part -> true, part -> ValueEncoder.text(part.toString()))
                .verifyComplete();
        Codecs.aggregate(clob).as(StepVerifier::create).expectNext(text).verifyComplete();
        Mono.from(clob.discard()).as(StepVerifier::create).verifyComplete();
    }

    @Test
    void blob_oneRequested_emitsOneAndStopsAtCancel() {
        Blob blob = Lobs.blob(new byte[3 * CHUNK]);

        StepVerifier.create(blob.stream(), 0)
                .thenRequest(1)
                .assertNext(part -> {
                    assertThat(part.remaining()).isEqualTo(CHUNK);
                    assertThatThrownBy(() -> part.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
                })
                .thenCancel()
                .verify();
    }

    @Test
    void aggregate_parts_areJoinedAndTheirPositionsKept() {
        ByteBuffer part = ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 2);
        Mono<Object> all = Codecs.aggregate(Blob.from(Flux.just(part, ByteBuffer.allocate(0), part.duplicate())));

        all.as(StepVerifier::create)
                .assertNext(bytes -> assertThat((byte[]) bytes).containsExactly(2, 3, 2, 3))
                .verifyComplete();
        assertThat(part.remaining()).isEqualTo(2);
    }

    @Test
    void aggregate_clobWithAPairAcrossParts_isWhole() {
        Codecs.aggregate(Clob.from(Flux.just("a\uD83D", new StringBuilder("\uDE00b"))))
                .as(StepVerifier::create)
                .expectNext("a\uD83D\uDE00b")
                .verifyComplete();
    }

    @Test
    void aggregate_clobWithALoneSurrogate_fails() {
        Codecs.aggregate(Clob.from(Flux.just("a\uD83D", "b")))
                .as(StepVerifier::create)
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("Cannot bind text with a lone surrogate at index 1:"));
    }

    @Test
    void aggregate_emptyStream_isAnEmptyValue() {
        Codecs.aggregate(Blob.from(Flux.empty()))
                .as(StepVerifier::create)
                .assertNext(bytes -> assertThat((byte[]) bytes).isEmpty())
                .verifyComplete();
        Codecs.aggregate(Clob.from(Flux.empty()))
                .as(StepVerifier::create)
                .expectNext("")
                .verifyComplete();
    }

    @Test
    void aggregate_isColdAndCancellable() {
        AtomicInteger subscriptions = new AtomicInteger();
        TestPublisher<ByteBuffer> source = TestPublisher.create();
        Mono<Object> all =
                Codecs.aggregate(Blob.from(source.flux().doOnSubscribe(s -> subscriptions.incrementAndGet())));
        assertThat(subscriptions).hasValue(0);

        all.as(StepVerifier::create)
                .then(() -> source.next(ByteBuffer.allocate(1)))
                .thenCancel()
                .verify();
        assertThat(subscriptions).hasValue(1);
        source.assertCancelled();
    }

    @Test
    void aggregate_failingStream_passesItsError() {
        Codecs.aggregate(Blob.from(Flux.error(new IllegalStateException("source"))))
                .as(StepVerifier::create)
                .verifyErrorMessage("source");
    }

    @Test
    void collect_overTheLimit_failsTyped() {
        Flux<ByteBuffer> parts = Flux.fromIterable(List.of(ByteBuffer.allocate(6), ByteBuffer.allocate(5)));

        Lobs.collect(Blob.from(parts), 10).as(StepVerifier::create).verifyErrorSatisfies(e -> {
            assertThat(e).hasMessage("Cannot bind a Blob of more than 10 bytes.");
            assertThat(((SqliteNonTransientException) e).getSqlState()).isEqualTo("54000");
            assertThat(((SqliteNonTransientException) e).getErrorCode()).isEqualTo(18);
        });
        Lobs.collect(Clob.from(Flux.fromIterable(Arrays.asList("12345", "678901"))), 10)
                .as(StepVerifier::create)
                .verifyErrorMessage("Cannot bind a Clob of more than 10 characters.");
        Lobs.collect(Blob.from(Mono.just(ByteBuffer.allocate(10))), 10)
                .as(StepVerifier::create)
                .expectNextCount(1)
                .verifyComplete();
    }

    @Test
    void aggregate_otherValue_fails() {
        Codecs.aggregate("text").as(StepVerifier::create).verifyError(IllegalArgumentException.class);
    }
}
