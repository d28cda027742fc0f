package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/** Everything an exception of the driver is made of; the SQL is bounded already. */
record Problem(
        String message,
        String sqlState,
        int code,
        @Nullable String sql,
        @Nullable Throwable cause,
        @Nullable MissingObject missing,
        ConstraintDetail constraint,
        CommitContext commit) {}
