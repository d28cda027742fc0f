package rillite.querysets.migrate;

import java.time.Duration;
import java.util.List;

/**
 * What a call did, or would do.
 *
 * @param set the set of migrations
 * @param dryRun whether nothing was done
 * @param steps in order; empty when there was nothing to do. What another process did meanwhile is not among them
 */
public record MigrationReport(String set, boolean dryRun, List<Step> steps) {

    /** What is done with one migration. */
    public enum Action {
        /** Its way up was run. */
        APPLY,
        /** Its way down was run. */
        ROLL_BACK,
        /** The history says that it is applied; nothing of it was run. */
        BASELINE,
        /** The history took its checksum and name over from the file. */
        ACCEPT,
        /** The history forgot it. */
        FORGET
    }

    /**
     * One migration.
     *
     * @param version its number
     * @param name its name
     * @param action what is done with it
     * @param mode how its statements run
     * @param statements its SQL, placeholders replaced; empty where only the history changes
     * @param duration how long it took, without waiting for the lock and the commit; zero in a dry run
     */
    public record Step(
            String version,
            String name,
            Action action,
            MigrationScript.Mode mode,
            List<String> statements,
            Duration duration) {

        public Step {
            statements = List.copyOf(statements);
        }

        /** Number and name, such as {@code 0003_add_email}. */
        @Override
        public String toString() {
            return version + "_" + name;
        }
    }

    public MigrationReport {
        steps = List.copyOf(steps);
    }

    /** The migrations by number and name, in the order of the steps. */
    public List<String> names() {
        return steps.stream().map(Step::toString).toList();
    }

    /** The SQL of all steps as one script for a person to read; the rows of the history are left out. */
    public String toSql() {
        StringBuilder script = new StringBuilder();
        for (Step step : steps) {
            script.append("-- ").append(step).append(": ").append(step.action()).append('\n');
            if (!step.statements().isEmpty()) {
                append(script, step);
            }
        }
        return script.toString();
    }

    private static void append(StringBuilder script, Step step) {
        boolean rebuild = step.mode() == MigrationScript.Mode.REBUILD;
        boolean together = step.mode() != MigrationScript.Mode.ALONE;
        script.append(rebuild ? "PRAGMA foreign_keys = OFF;\n" : "").append(together ? "BEGIN IMMEDIATE;\n" : "");
        step.statements().forEach(sql -> script.append(sql).append(";\n"));
        script.append(rebuild ? "PRAGMA foreign_key_check;\n" : "")
                .append(together ? "COMMIT;\n" : "")
                .append(rebuild ? "PRAGMA foreign_keys = ON;\n" : "");
    }
}
