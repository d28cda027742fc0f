package rillite.r2dbc;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Blobs and Clobs over values that are already in memory, and the way back from a stream to one value. */
final class Lobs {
    private static final int CHUNK = 64 * 1024;

    private Lobs() {}

    /** Emits read-only buffers of at most 64 KiB, on the thread that requests; the stream can be repeated. */
    static Blob blob(byte[] bytes) {
        return new HeapBlob(bytes);
    }

    /** Emits strings of at most 65,536 characters that never split a surrogate pair; the stream can be repeated. */
    static Clob clob(String text) {
        return new HeapClob(text);
    }

    static Mono<byte[]> collect(Blob blob, int maxBytes) {
        return Flux.from(blob.stream())
                .collect(ByteArrayOutputStream::new, (all, part) -> {
                    if (part.remaining() > maxBytes - all.size()) {
                        throw CodecErrors.tooBig("Blob", maxBytes, "bytes");
                    }
                    byte[] bytes = new byte[part.remaining()];
                    part.get(part.position(), bytes);
                    all.writeBytes(bytes);
                })
                .map(ByteArrayOutputStream::toByteArray);
    }

    static Mono<String> collect(Clob clob, int maxChars) {
        return Flux.from(clob.stream())
                .collect(StringBuilder::new, (all, part) -> {
                    if (part.length() > maxChars - all.length()) {
                        throw CodecErrors.tooBig("Clob", maxChars, "characters");
                    }
                    all.append(part);
                })
                .map(all -> ValueEncoder.text(all.toString()));
    }

    private record HeapBlob(byte[] bytes) implements Blob {
        @Override
        public Publisher<ByteBuffer> stream() {
            return Flux.range(0, (bytes.length + CHUNK - 1) / CHUNK)
                    .map(i -> ByteBuffer.wrap(bytes, i * CHUNK, Math.min(CHUNK, bytes.length - i * CHUNK))
                            .slice()
                            .asReadOnlyBuffer());
        }

        @Override
        public Publisher<Void> discard() {
            return Mono.empty();
        }
    }

    private record HeapClob(String text) implements Clob {
        @Override
        public Publisher<CharSequence> stream() {
            return Flux.generate(() -> 0, (from, sink) -> {
                int end = Math.min(text.length(), from + CHUNK);
                if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                    end--;
                }
                if (from < end) {
                    sink.next(text.substring(from, end));
                }
                if (end == text.length()) {
                    sink.complete();
                }
                return end;
            });
        }

        @Override
        public Publisher<Void> discard() {
            return Mono.empty();
        }
    }
}
