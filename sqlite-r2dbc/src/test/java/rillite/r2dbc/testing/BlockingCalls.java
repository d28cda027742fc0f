package rillite.r2dbc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Remembers every blocking call BlockHound reports, also one whose error is swallowed on its way. Found by the service
 * loader in the test run that has BlockHound on; tests of that run carry the tag {@code blockhound}.
 */
public final class BlockingCalls implements BlockHoundIntegration {
    private static final Queue<BlockingOperationError> SEEN = new ConcurrentLinkedQueue<>();

    /** For the service loader. */
    public BlockingCalls() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.blockingMethodCallback(method -> {
            BlockingOperationError error = new BlockingOperationError(method);
            SEEN.add(error);
            throw error;
        });
    }

    /** Switches BlockHound on for the rest of this JVM. */
    public static void watch() {
        BlockHound.install();
        SEEN.clear();
    }

    /** Forgets and returns what was seen. */
    public static List<BlockingOperationError> drain() {
        List<BlockingOperationError> seen = List.copyOf(SEEN);
        SEEN.clear();
        return seen;
    }

    /** Fails with the stack of the first blocking call seen since {@link #watch}. */
    public static void assertNone() {
        List<BlockingOperationError> seen = drain();
        if (!seen.isEmpty()) {
            throw new AssertionError(seen.size() + " blocking calls on threads that must not block", seen.get(0));
        }
    }

    /** Fails unless the last calls seen include one of the method; a positive control. */
    public static void assertSeen(String method) {
        assertThat(drain())
                .as("blocking calls seen")
                .anySatisfy(error -> assertThat(error).hasMessageContaining(method));
    }
}
