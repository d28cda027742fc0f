package rillite.cli.data;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** An input of any length that is never in memory: a beginning, and then the same text over and over. */
final class Endless extends InputStream {

    private final byte[] first;
    private final byte[] then;
    private final long length;
    private long taken;

    Endless(String first, String then, long length) {
        this.first = first.getBytes(StandardCharsets.UTF_8);
        this.then = then.getBytes(StandardCharsets.UTF_8);
        this.length = length;
    }

    /** Bytes that were taken. */
    long taken() {
        return taken;
    }

    @Override
    public int read() {
        if (taken >= length) {
            return -1;
        }
        long at = taken++;
        return at < first.length ? first[(int) at] : then[(int) ((at - first.length) % then.length)];
    }

    @Override
    public int read(byte[] target, int offset, int wanted) {
        if (taken >= length) {
            return -1;
        }
        int count = (int) Math.min(wanted, length - taken);
        for (int i = 0; i < count; i++) {
            target[offset + i] = (byte) read();
        }
        return count;
    }
}
