package rillite.r2dbc;

import java.util.BitSet;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A SQL text cut into statements, with the parameters they share. Immutable, cached per text. */
final class ParsedSql {
    private static final int CACHED_TEXTS = 1024;
    private static final int LONGEST_CACHED = 64 * 1024;
    private static final int CACHED_CHARACTERS = 4 * 1024 * 1024;
    private static final TextCache<ParsedSql> CACHE =
            new TextCache<>(CACHED_TEXTS, LONGEST_CACHED, CACHED_CHARACTERS, SqlScanner::scan);

    private final String sql;
    private final List<ParsedStatement> statements;
    private final int parameterCount;
    private final BitSet required;
    private final ParameterNames names;

    ParsedSql(String sql, List<ParsedStatement> statements, ParameterSpace space) {
        this.sql = sql;
        this.statements = List.copyOf(statements);
        this.parameterCount = space.largest();
        this.required = space.used();
        this.names = space.names();
    }

    /**
     * Parses {@code sql}, or finds what an earlier call made of an equal text. Never touches a database.
     *
     * @throws IllegalArgumentException for null, U+0000, lone surrogates and parameter numbers SQLite cannot have
     */
    static ParsedSql of(@Nullable String sql) {
        if (sql == null) {
            throw new IllegalArgumentException("sql must not be null");
        }
        return CACHE.get(sql);
    }

    String sql() {
        return sql;
    }

    /** The statements in order; empty ones are dropped, so comments alone give none. */
    List<ParsedStatement> statements() {
        return statements;
    }

    /** The statement, if it is a single query that asks nothing of its connection; else null. */
    @Nullable ParsedStatement onlyQuery() {
        ParsedStatement first = statements.size() == 1 ? statements.get(0) : null;
        return first != null && first.kind() == StatementKind.SELECT && first.connectionFunction() == null
                ? first
                : null;
    }

    /** The size of the parameter space shared by all statements: indexes run from 0, gaps count. */
    int parameterCount() {
        return parameterCount;
    }

    /** Whether index {@code index} must be bound; false for a gap, such as 0 to 3 when only {@code ?5} occurs. */
    boolean required(int index) {
        return required.get(index);
    }

    /**
     * The index bound under {@code name}: with its prefix, bare, or as a number such as {@code $1} for parameters that
     * are numbers themselves.
     *
     * @throws NoSuchElementException when there is none, naming the nearest and the known ones
     * @throws IllegalArgumentException for null and for a bare name several prefixes share
     */
    int indexOf(@Nullable String name) {
        return names.indexOf(name);
    }

    @Override
    public String toString() {
        return sql;
    }
}
