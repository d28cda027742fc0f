package rillite.auth.spring.session;

import java.nio.ByteBuffer;
import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;
import org.springframework.session.SessionIdGenerator;

/** 256 random bits in base64url. Seeded by the system once: later calls read no file, so they may be made on an event loop. */
final class RandomIds implements SessionIdGenerator {

    private static final int STRENGTH = 256;
    private static final int BYTES = 32;

    private final SecureRandom random;

    RandomIds() {
        try {
            random = SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(STRENGTH, DrbgParameters.Capability.NONE, null));
            random.nextBytes(new byte[1]);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has DRBG", e);
        }
    }

    @Override
    public String generate() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(BYTES));
    }

    /** A UUID of version 4, as primary keys are. */
    String uuid() {
        ByteBuffer bits = ByteBuffer.wrap(bytes(16));
        long high = bits.getLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = bits.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        random.nextBytes(bytes);
        return bytes;
    }
}
