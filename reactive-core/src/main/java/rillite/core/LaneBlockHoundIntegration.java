package rillite.core;

import java.util.List;
import java.util.Map;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Tells BlockHound where a lane may wait, found by the service loader when {@code BlockHound.install()} runs: where it has no
 * work, where it opens and closes connections, and at the lock of the timer. Signals are emitted outside all of these, so a
 * mapper that blocks on a lane thread is reported.
 */
public final class LaneBlockHoundIntegration implements BlockHoundIntegration {
    private static final Map<String, List<String>> WAITS = Map.of(
            "rillite.core.LaneThread", List.of("spin", "park", "parkNanos", "await"),
            "rillite.core.Lanes", List.of("openWriter", "openReader", "openDedicated", "beforeClose"),
            "rillite.core.Resource", List.of("close"),
            "rillite.core.DaemonTimer", List.of("schedule", "cancel", "stop"));

    /** For the service loader. */
    public LaneBlockHoundIntegration() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        WAITS.forEach((type, methods) -> methods.forEach(method -> builder.allowBlockingCallsInside(type, method)));
    }
}
