package rillite.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints to a stream of the process in UTF-8, and remembers why the stream did not take it. System.out does not tell. */
final class WatchedWriter extends PrintWriter {

    private static final int BUFFER = 1 << 16;

    private final Watched stream;

    WatchedWriter(OutputStream stream) {
        this(new Watched(stream));
    }

    private WatchedWriter(Watched stream) {
        super(new OutputStreamWriter(new BufferedOutputStream(stream, BUFFER), StandardCharsets.UTF_8), false);
        this.stream = stream;
    }

    /** The first failure; null when there was none, and for a pipe that nobody reads any more, as behind {@code | head}. */
    @Nullable IOException loss() {
        IOException failure = stream.failure;
        return failure == null || isClosedPipe(failure) ? null : failure;
    }

    /** All systems name the pipe in their message, in any language. */
    private static boolean isClosedPipe(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    }

    /** A stream that takes nothing after its first failure. */
    private static final class Watched extends FilterOutputStream {

        private volatile @Nullable IOException failure;

        Watched(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            IOException before = failure;
            if (before != null) {
                throw new IOException(before.getMessage(), before);
            }
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}
