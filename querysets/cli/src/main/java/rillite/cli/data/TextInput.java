package rillite.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;

/**
 * Bytes as text, from the first byte to one that is no text: that ends it with the line and the byte in the message. A mark
 * of the byte order at the beginning is left out, and tells the encoding where none was given.
 */
final class TextInput extends Reader {

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final String name;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private long before;
    private long line = 1;
    private boolean afterReturn;
    private boolean ended;

    /**
     * @param name of the input, for messages
     * @param encoding null for UTF-8, or what the first bytes tell
     */
    TextInput(InputStream in, String name, @Nullable Charset encoding) throws IOException {
        this.in = in;
        this.name = name;
        fill();
        Charset marked = mark();
        Charset chosen = encoding != null ? encoding : marked != null ? marked : StandardCharsets.UTF_8;
        decoder = chosen.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        if (marked != null && marked.equals(chosen)) {
            bytes.position(marked.equals(StandardCharsets.UTF_8) ? 3 : 2);
        }
    }

    private @Nullable Charset mark() {
        if (startsWith(0xEF, 0xBB, 0xBF)) {
            return StandardCharsets.UTF_8;
        }
        if (startsWith(0xFE, 0xFF)) {
            return StandardCharsets.UTF_16BE;
        }
        return startsWith(0xFF, 0xFE) ? StandardCharsets.UTF_16LE : null;
    }

    private boolean startsWith(int... mark) {
        if (bytes.remaining() < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes.get(i) & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads until there is something new, and no further: whoever writes at the other end may wait. */
    private void fill() throws IOException {
        before += bytes.position();
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer out = CharBuffer.wrap(target, offset, length).slice();
        while (out.position() == 0) {
            CoderResult result = decoder.decode(bytes, out, ended);
            if (result.isError() && out.position() == 0) {
                throw malformed(result.length());
            }
            if (result.isUnderflow() && out.position() == 0) {
                if (ended) {
                    return -1;
                }
                fill();
            }
        }
        for (int i = 0; i < out.position(); i++) {
            count(target[offset + i]);
        }
        return out.position();
    }

    private void count(char c) {
        if (c == '\r' || c == '\n' && !afterReturn) {
            line++;
        }
        afterReturn = c == '\r';
    }

    private Failure malformed(int length) {
        StringBuilder bad = new StringBuilder();
        for (int i = 0; i < Math.max(1, length) && i < bytes.remaining(); i++) {
            bad.append(String.format(Locale.ROOT, " %02X", bytes.get(bytes.position() + i)));
        }
        String charset = decoder.charset().name();
        return new Failure(name + " is not " + charset + ": line " + line + ", byte "
                + (before + bytes.position() + 1) + " of the file is" + bad
                + ". Give its encoding, such as --encoding windows-1252.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
