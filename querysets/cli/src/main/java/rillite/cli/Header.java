package rillite.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a database file tell without opening it.
 *
 * @param isWal whether it is in WAL mode
 * @param writer version of the SQLite that wrote it last, null when it is not known
 */
public record Header(boolean isWal, @Nullable String writer) {

    static final int LENGTH = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int WRITE_VERSION = 18;
    private static final int WAL = 2;
    private static final int LIBRARY_VERSION = 96;

    /** Reads the first {@value #LENGTH} bytes; null when they are not those of a database. An empty file is one. */
    static @Nullable Header of(byte[] bytes) {
        if (bytes.length == 0) {
            return new Header(false, null);
        }
        if (bytes.length < LENGTH || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
            return null;
        }
        int version = ByteBuffer.wrap(bytes).getInt(LIBRARY_VERSION);
        String writer = version < 3_000_000 || version >= 4_000_000
                ? null
                : String.format(Locale.ROOT, "%d.%d.%d", version / 1_000_000, version / 1000 % 1000, version % 1000);
        return new Header(bytes[WRITE_VERSION] == WAL, writer);
    }
}
