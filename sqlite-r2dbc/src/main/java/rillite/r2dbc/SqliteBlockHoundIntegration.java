package rillite.r2dbc;

import java.util.List;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Teaches BlockHound what blocks in SQLite, found by the service loader when {@code BlockHound.install()} runs.
 *
 * <p>BlockHound by itself does not notice native calls of sqlite-jdbc. This integration marks them as blocking and allows
 * them, and the file access of opening, only inside the native runs of a lane. Signals are emitted outside those runs:
 * a mapper that blocks on a lane thread is still reported.
 */
public final class SqliteBlockHoundIntegration implements BlockHoundIntegration {
    private static final String PHYSICAL = "rillite.r2dbc.SqlitePhysical";
    private static final List<String> NATIVE_RUNS =
            List.of("open", "prepare", "execute", "step", "pull", "exec", "reset", "close");

    private static final String LANE = "rillite.core.LaneThread";
    private static final List<String> LANE_WAITS = List.of("park");

    /** For the service loader. */
    public SqliteBlockHoundIntegration() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.markAsBlocking("org/sqlite/core/NativeDB", "step", "(J)I")
                .markAsBlocking("org/sqlite/core/NativeDB", "_exec_utf8", "([B)I")
                .markAsBlocking("org/sqlite/core/NativeDB", "prepare_utf8", "([B)J");
        NATIVE_RUNS.forEach(method -> builder.allowBlockingCallsInside(PHYSICAL, method));
        LANE_WAITS.forEach(method -> builder.allowBlockingCallsInside(LANE, method));
    }
}
