package rillite.auth;

import java.nio.ByteBuffer;
import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * Random numbers, seeded by the system once: later calls compute and read no file, so they may be made on an event loop. For the
 * store and its bridges.
 */
public final class Chance {

    private static final int STRENGTH = 256;
    private static final SecureRandom RANDOM = seeded();

    private Chance() {}

    private static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(STRENGTH, DrbgParameters.Capability.NONE, null));
            random.nextBytes(new byte[1]);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has DRBG", e);
        }
    }

    /** Reads the seed, if that has not been done. Call this when the program starts, not on an event loop. */
    public static void prepare() {
        bytes(1);
    }

    /** Where they come from. Safe to share. */
    public static SecureRandom random() {
        return RANDOM;
    }

    static byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** A new id: a UUID of version 4. */
    public static String id() {
        ByteBuffer bits = ByteBuffer.wrap(bytes(16));
        long high = bits.getLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = bits.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
