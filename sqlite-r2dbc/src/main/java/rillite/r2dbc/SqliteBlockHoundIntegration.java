package rillite.r2dbc;

import java.util.List;
import java.util.Map;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Teaches BlockHound what blocks in SQLite, found by the service loader when {@code BlockHound.install()} runs.
 *
 * <p>BlockHound by itself does not notice native calls of sqlite-jdbc. This integration marks them as blocking and allows
 * them, and the file access of opening, only inside the native runs of a lane; a lane's thread may also wait for work. Signals are emitted outside those runs:
 * a mapper that blocks on a lane thread is still reported.
 */
public final class SqliteBlockHoundIntegration implements BlockHoundIntegration {
    private static final Map<String, List<String>> ALLOWED = Map.of(
            "rillite.r2dbc.SqlitePhysical",
            List.of("open", "prepare", "execute", "pull", "exec", "reset", "close"),
            "rillite.core.ReadLane",
            List.of("idle", "awaitEnd"),
            "rillite.core.WriteLane",
            List.of("idle"),
            "rillite.core.Lanes",
            List.of("parkWriter"));

    /** For the service loader. */
    public SqliteBlockHoundIntegration() {}

    @Override
    public void applyTo(BlockHound.Builder builder) {
        builder.markAsBlocking("org/sqlite/core/NativeDB", "step", "(J)I")
                .markAsBlocking("org/sqlite/core/NativeDB", "_exec_utf8", "([B)I")
                .markAsBlocking("org/sqlite/core/NativeDB", "prepare_utf8", "([B)J");
        ALLOWED.forEach((type, methods) -> methods.forEach(method -> builder.allowBlockingCallsInside(type, method)));
    }
}
