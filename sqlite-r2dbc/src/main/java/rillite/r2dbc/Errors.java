package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every exception of the driver. Messages have the form {@code [SQLITE_CODE] what SQLite says. What to do. SQL:
 * text}; SQL is cut after 1,000 characters.
 *
 * <p>What {@link Redaction} leaves out of a message would be in that of the cause as well: so the cause is dropped then.
 */
final class Errors {
    /** When the code came back. */
    enum Phase {
        /** Preparing: no bind value is involved yet. */
        PREPARE,
        /** Stepping a read, or a write inside a transaction. */
        RUN,
        /** Stepping a write in auto-commit, which commits by itself. */
        AUTOCOMMIT_WRITE,
        /** COMMIT, or a RELEASE that commits. */
        COMMIT
    }

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final int SQL_LIMIT = 1000;
    private static final int DETAIL_LIMIT = 1000;

    private static final Pattern JDBC_FORM = Pattern.compile("\\[[A-Z0-9_]+\\] .*? \\((.*)\\)", Pattern.DOTALL);

    private Errors() {}

    /** An error SQLite returned while running a statement. */
    static R2dbcException of(int code, @Nullable String message, @Nullable String sql, @Nullable Throwable cause) {
        return of(Phase.RUN, code, message, sql, List.of(), CommitContext.UNKNOWN, cause);
    }

    /** An error of some phase. */
    static R2dbcException of(
            Phase phase, int code, @Nullable String message, @Nullable String sql, @Nullable Throwable cause) {
        return of(phase, code, message, sql, List.of(), CommitContext.UNKNOWN, cause);
    }

    /**
     * The same, with the names among which a missing table, column or function is looked for; {@link #missing} tells
     * which ones to gather.
     */
    static R2dbcException of(
            Phase phase,
            int code,
            @Nullable String message,
            @Nullable String sql,
            Collection<String> knownNames,
            @Nullable Throwable cause) {
        return of(phase, code, message, sql, knownNames, CommitContext.UNKNOWN, cause);
    }

    /** What a message says is missing, or null if it says something else. */
    static @Nullable MissingObject missing(int code, @Nullable String message) {
        return SqliteErrorCode.of(code) == SqliteErrorCode.ERROR ? MissingObject.of(strip(message)) : null;
    }

    /** An error COMMIT returned. */
    static R2dbcException ofCommit(
            int code,
            @Nullable String message,
            @Nullable String sql,
            CommitContext context,
            @Nullable Throwable cause) {
        return of(Phase.COMMIT, code, message, sql, List.of(), context, cause);
    }

    /** A commit whose end nobody saw: a deadline passed or the connection died; the code is 0 if there is none. */
    static R2dbcException outcomeUnknown(
            int code, String detail, @Nullable String sql, CommitContext context, @Nullable Throwable cause) {
        String text = "Outcome unknown: the commit" + context.describe() + " was sent and may or may not have taken"
                + " place (" + strip(detail) + "). Do not repeat the write; read back first what is in the database.";
        return ErrorFamily.OUTCOME_UNKNOWN.create(new Problem(
                render(code == 0 ? "OUTCOME_UNKNOWN" : label(code), text, sql),
                "08007",
                code,
                bound(sql),
                cause,
                null,
                ConstraintDetail.NONE,
                context));
    }

    /** An error the engine raises itself; the detail names what is involved, with its limits and ages. */
    static R2dbcException engine(EngineFault fault, String detail, @Nullable String sql, @Nullable Throwable cause) {
        String text = sentence(cut(detail, DETAIL_LIMIT)) + " " + fault.advice();
        return fault.family()
                .create(new Problem(
                        render(fault.name(), text, sql),
                        fault.sqlState(),
                        fault.code().code(),
                        bound(sql),
                        cause,
                        null,
                        ConstraintDetail.of(fault.code(), ""),
                        CommitContext.UNKNOWN));
    }

    /** What SQLite says, without the frame sqlite-jdbc puts around it. */
    static String strip(@Nullable String message) {
        if (message == null) {
            return "";
        }
        Matcher matcher = JDBC_FORM.matcher(message);
        String said = matcher.matches() ? matcher.group(1) : message;
        return said.equals("not an error") ? "" : cut(said, DETAIL_LIMIT);
    }

    private static R2dbcException of(
            Phase phase,
            int number,
            @Nullable String message,
            @Nullable String sql,
            Collection<String> knownNames,
            CommitContext context,
            @Nullable Throwable cause) {
        SqliteErrorCode code = SqliteErrorCode.of(number);
        String said = strip(message);
        String detail = phase == Phase.PREPARE ? said : Redaction.of(code, said, sql);
        boolean whole = detail.equals(said);
        Throwable shown = whole ? cause : null;
        if (commits(phase) && leavesOutcomeOpen(code)) {
            return outcomeUnknown(number, detail.isEmpty() ? code.sqliteName() : detail, sql, context, shown);
        }
        MissingObject missing = whole && code == SqliteErrorCode.ERROR ? MissingObject.of(said) : null;
        String near = missing == null ? "" : didYouMean(Nearest.of(missing.name(), knownNames));
        Refinement refined = code == SqliteErrorCode.ERROR ? Refinement.of(said) : null;
        ErrorFamily family = refined == null ? code.family() : refined.family();
        String advice = refined == null ? ErrorAdvice.of(code) : refined.advice();
        String text = sentence(detail.isEmpty() ? ErrorAdvice.fallback(code) : detail)
                + near
                + (advice.isEmpty() ? "" : " " + advice);
        R2dbcException error = family.create(new Problem(
                render(label(number), text, sql),
                refined == null ? code.sqlState() : refined.sqlState(),
                number,
                bound(sql),
                shown,
                missing,
                family == ErrorFamily.DATA_INTEGRITY ? ConstraintDetail.of(code, said) : ConstraintDetail.NONE,
                context));
        if (code.sqlState().equals("HY000")) {
            LOG.error("SQLite reports a misuse that the driver should have prevented; please report it", error);
        }
        return error;
    }

    private static boolean commits(Phase phase) {
        return phase == Phase.COMMIT || phase == Phase.AUTOCOMMIT_WRITE;
    }

    private static boolean leavesOutcomeOpen(SqliteErrorCode code) {
        return switch (SqliteErrorCode.of(code.primaryCode())) {
            case IOERR, NOMEM, CORRUPT, PROTOCOL -> true;
            default -> false;
        };
    }

    private static String didYouMean(List<String> names) {
        return names.isEmpty() ? "" : " Did you mean " + String.join(" or ", names) + "?";
    }

    private static String label(int number) {
        SqliteErrorCode code = SqliteErrorCode.of(number);
        return number == 0 ? "DRIVER" : code.sqliteName() + (code.code() == number ? "" : " " + number);
    }

    private static String render(String label, String text, @Nullable String sql) {
        return "[" + label + "] " + text + (sql == null ? "" : " SQL: " + bound(sql));
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }

    private static @Nullable String bound(@Nullable String sql) {
        return sql == null ? null : cut(sql, SQL_LIMIT);
    }

    private static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int end = limit - 3;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "...";
    }
}
