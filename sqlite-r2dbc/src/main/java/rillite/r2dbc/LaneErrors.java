package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import rillite.core.LaneException;
import rillite.core.LaneFullException;
import rillite.core.LaneIdleException;
import rillite.core.LaneTimeoutException;
import rillite.core.OutcomeUnknownException;
import rillite.core.SnapshotTooOldException;
import rillite.core.TransactionLostException;

/** The errors of the lanes as R2DBC users expect them. */
final class LaneErrors {
    private LaneErrors() {}

    static R2dbcException translate(LaneException error) {
        String text = String.valueOf(error.getMessage());
        if (error instanceof OutcomeUnknownException unknown) {
            return outcomeUnknown(unknown, text);
        }
        return Errors.engine(fault(error), text, null, error);
    }

    private static R2dbcException outcomeUnknown(OutcomeUnknownException unknown, String text) {
        Throwable cause = unknown.getCause();
        int code = cause instanceof R2dbcException known ? known.getErrorCode() : 0;
        @Nullable String sql = cause instanceof R2dbcException known ? known.getSql() : null;
        return Errors.outcomeUnknown(code, text, sql, new CommitContext(null, null, unknown.members()), unknown);
    }

    private static EngineFault fault(LaneException error) {
        if (error instanceof LaneFullException full) {
            return full.bound().equals("maxOpenCursors") ? EngineFault.TOO_MANY_CURSORS : EngineFault.QUEUE_FULL;
        }
        if (error instanceof LaneTimeoutException timeout) {
            return switch (timeout.kind()) {
                case LOCK_WAIT -> EngineFault.LOCK_WAIT;
                case STATEMENT -> EngineFault.STATEMENT_TIMEOUT;
                case TRANSACTION_STATEMENT -> EngineFault.TRANSACTION_KILLED;
            };
        }
        if (error instanceof LaneIdleException) {
            return EngineFault.TRANSACTION_IDLE;
        }
        if (error instanceof SnapshotTooOldException old) {
            return switch (old.reason()) {
                case IDLE -> EngineFault.CURSOR_IDLE;
                case CURSORS -> EngineFault.TOO_MANY_CURSORS;
                case AGE, WAL, WRITE, INTERRUPT -> EngineFault.SNAPSHOT_TOO_OLD;
            };
        }
        if (error instanceof TransactionLostException) {
            return EngineFault.TRANSACTION_KILLED;
        }
        return EngineFault.ENGINE_CLOSED;
    }
}
