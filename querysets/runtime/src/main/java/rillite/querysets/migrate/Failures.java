package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.MigrationException;

/** Says of an error of the database which migration, file and line it is about, and what to do. */
final class Failures {

    private static final Set<String> LOCKED = Set.of("55P03", "55006");
    private static final String FOREIGN_KEY = "23503";
    private static final String OUTCOME_UNKNOWN = "08007";

    private Failures() {}

    /** About the history alone. */
    static Throwable explained(Throwable error) {
        if (error instanceof MigrationException) {
            return error;
        }
        return isLocked(error)
                ? locked("The history", error)
                : MigrationErrors.history(
                        "The history could not be changed; nothing was. " + error.getMessage(), error);
    }

    /**
     * @param begun whether it had begun
     * @param running the statement that failed; null for the begin, the history and the commit
     * @param firstOfAll whether the history was empty
     */
    static Throwable explained(
            Throwable error,
            Planned planned,
            boolean begun,
            MigrationScript.@Nullable Statement running,
            boolean firstOfAll) {
        if (error instanceof MigrationException) {
            return error;
        }
        if (isLocked(error)) {
            return locked(planned.toString(), error);
        }
        MigrationScript script = planned.script();
        if (running == null || script == null) {
            return new MigrationFailedException(
                    planned.toString(),
                    script == null ? null : script.place(),
                    0,
                    planned + (begun ? ended(error) : " was not begun. ") + error.getMessage(),
                    error);
        }
        boolean alone = script.mode() == MigrationScript.Mode.ALONE;
        return new MigrationFailedException(
                planned.toString(),
                script.place(),
                running.line(),
                MigrationErrors.shown(script.place()) + ", line " + running.line() + ": " + error.getMessage()
                        + (alone ? " What ran before it stays." : " The migration was rolled back.")
                        + (firstOfAll && isThereAlready(error)
                                ? " The history is empty: if the database had these tables before, call baseline(..) first."
                                : ""),
                error);
    }

    private static String ended(Throwable error) {
        return hasState(error, OUTCOME_UNKNOWN)
                ? " may be committed or not: status(..) tells. "
                : " was rolled back at its end. ";
    }

    private static boolean hasState(Throwable error, String state) {
        return error instanceof R2dbcException known && state.equals(known.getSqlState());
    }

    private static boolean isThereAlready(Throwable error) {
        return String.valueOf(error.getMessage()).contains(" already exists");
    }

    private static boolean isLocked(Throwable error) {
        return LOCKED.stream().anyMatch(state -> hasState(error, state));
    }

    private static MigrationLockedException locked(String what, Throwable error) {
        return new MigrationLockedException(
                what + " was not begun: somebody else wrote for longer than lockWait, perhaps another process that"
                        + " migrates. Try again. " + error.getMessage(),
                error);
    }

    /** Where rows without parents were there before, the migration is not to blame for them. */
    static <T> Mono<T> withOlderOrphans(Throwable error, Connection connection) {
        boolean orphans = error instanceof MigrationFailedException failed
                && failed.line() == 0
                && failed.getCause() != null
                && hasState(failed.getCause(), FOREIGN_KEY);
        if (!orphans) {
            return Mono.error(error);
        }
        MigrationFailedException failed = (MigrationFailedException) error;
        return StatementRun.rows(
                        connection,
                        "SELECT count(*) FROM pragma_foreign_key_check",
                        row -> String.valueOf(row.get(0, Long.class)))
                .next()
                .onErrorReturn("0")
                .defaultIfEmpty("0")
                .flatMap(count -> Mono.error(
                        count.equals("0")
                                ? failed
                                : new MigrationFailedException(
                                        failed.migration(),
                                        failed.place(),
                                        0,
                                        failed.getMessage() + " Rows without their parent before this migration: "
                                                + count + ", see PRAGMA foreign_key_check. Put them right first.",
                                        failed.getCause())));
    }
}
