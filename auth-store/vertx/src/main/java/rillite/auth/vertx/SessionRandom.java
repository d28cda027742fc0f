package rillite.auth.vertx;

import io.vertx.ext.auth.prng.VertxContextPRNG;
import java.security.SecureRandom;
import java.util.Base64;
import rillite.auth.Chance;

/**
 * Random bytes for the ids of sessions, seeded by the system once: those of Vert.x read a file of the system now and then, on the
 * event loop.
 */
final class SessionRandom implements VertxContextPRNG {

    private final SecureRandom random = Chance.random();

    @Override
    public void close() {
        // There is nothing to close.
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public String nextString(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public int nextInt() {
        return random.nextInt();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    @Override
    public boolean nextBoolean() {
        return random.nextBoolean();
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public float nextFloat() {
        return random.nextFloat();
    }

    @Override
    public double nextDouble() {
        return random.nextDouble();
    }

    @Override
    public double nextGaussian() {
        return random.nextGaussian();
    }
}
