package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/** One statement of a SQL text: what SQLite is given, and what the driver knows of it beforehand. Immutable. */
final class ParsedStatement {
    private final String sql;
    private final int tail;
    private final int[] parameters;
    private final Verdict verdict;
    private final boolean returning;
    private final @Nullable String connectionFunction;
    private final int start;
    private final int end;

    ParsedStatement(
            StatementMarkers.Rendered rendered,
            Verdict verdict,
            boolean returning,
            @Nullable String connectionFunction,
            int start,
            int end) {
        this.start = start;
        this.end = end;
        this.sql = rendered.sql();
        this.tail = rendered.tail();
        this.parameters = rendered.parameters();
        this.verdict = verdict;
        this.connectionFunction = connectionFunction;
        this.returning = returning && verdict.kind() == StatementKind.DML;
    }

    /** The text for SQLite: this statement alone, without blanks around it and without its semicolon. */
    String sql() {
        return sql;
    }

    /** The index in the whole text of the first character of its first token; comments before it are not part of it. */
    int start() {
        return start;
    }

    /** The index in the whole text after its last token, before its semicolon. */
    int end() {
        return end;
    }

    StatementKind kind() {
        return verdict.kind();
    }

    /** The mode of a BEGIN. */
    BeginMode mode() {
        return verdict.mode();
    }

    /** The number of parameters SQLite counts in {@link #sql()}, gaps included. */
    int parameterCount() {
        return parameters.length;
    }

    /** The index in the whole text's parameters of the one SQLite numbers {@code index + 1}; -1 for a gap. */
    int parameter(int index) {
        return parameters[index];
    }

    /** A copy of all {@link #parameter(int)}. */
    int[] parameters() {
        return parameters.clone();
    }

    boolean returning() {
        return returning;
    }

    /** The function of a query or a write that tells of the connection, such as {@code last_insert_rowid}; or null. */
    @Nullable String connectionFunction() {
        return kind() == StatementKind.SELECT || kind() == StatementKind.DML ? connectionFunction : null;
    }

    ConflictRisk conflict() {
        return verdict.conflict();
    }

    /** The savepoint, unquoted, or the PRAGMA in lower case; else empty. */
    String name() {
        return verdict.name();
    }

    /** What a shared session must refuse here, such as "TEMP table" or "PRAGMA temp_store"; null for other kinds. */
    @Nullable String refusal() {
        return verdict.refusal();
    }

    /** Whether {@link #withReturning} adds anything: INSERT, UPDATE, DELETE and REPLACE without RETURNING. */
    boolean canReturn() {
        return verdict.kind() == StatementKind.DML && !returning;
    }

    /**
     * The text that also returns {@code columns}, all of them when none is named; {@link #sql()} itself when
     * {@link #canReturn()} is false. Names may be plain or quoted in any of SQLite's styles.
     *
     * @throws IllegalArgumentException for null, and for names that are empty or not valid text
     */
    String withReturning(@Nullable String @Nullable ... columns) {
        if (columns == null) {
            throw new IllegalArgumentException("columns must not be null");
        }
        StringBuilder clause = new StringBuilder(" RETURNING ");
        for (int i = 0; i < columns.length; i++) {
            String name = Quoting.unquote(SqlText.valid(columns[i], "column name"));
            if (name.isEmpty()) {
                throw new IllegalArgumentException("column name must not be empty");
            }
            clause.append(i == 0 ? "" : ", ").append(name.equals("*") ? name : Quoting.backtick(name));
        }
        if (columns.length == 0) {
            clause.append('*');
        }
        return canReturn() ? sql.substring(0, tail) + clause + sql.substring(tail) : sql;
    }

    @Override
    public String toString() {
        return kind() + " " + sql;
    }
}
