package rillite.r2dbc;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A constraint refused a value; the statement had no effect. */
public final class SqliteDataIntegrityException extends R2dbcDataIntegrityViolationException
        implements SqliteException {
    private final ConstraintKind kind;
    private final @Nullable String table;
    private final List<String> constraintColumns;
    private final @Nullable String constraintName;

    SqliteDataIntegrityException(Problem problem) {
        super(problem.message(), problem.sqlState(), problem.code(), problem.sql(), problem.cause());
        ConstraintDetail detail = problem.constraint();
        this.kind = detail.kind();
        this.table = detail.table();
        this.constraintColumns = detail.columns();
        this.constraintName = detail.name();
    }

    /** The kind of constraint. */
    public ConstraintKind kind() {
        return kind;
    }

    /** The table, where SQLite names it: for UNIQUE, PRIMARY KEY, NOT NULL and STRICT types; else null. */
    public @Nullable String table() {
        return table;
    }

    /** The columns of {@link #table()} in the order of the constraint; empty where SQLite does not name them. */
    public List<String> constraintColumns() {
        return constraintColumns;
    }

    /**
     * The name of a CHECK constraint, or its expression if it has no name; the name of a unique index on expressions;
     * else null.
     */
    public @Nullable String constraintName() {
        return constraintName;
    }
}
