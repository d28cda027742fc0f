package rillite.querysets.migrate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a {@link MigrationTester} found.
 *
 * @param migrations how many were run
 * @param findings by migration, in order
 * @param irreversible the migrations without a way down
 */
public record MigrationTestReport(int migrations, List<Finding> findings, List<String> irreversible) {

    /** At which step something was found. */
    public enum Step {
        /** The way up lost data. */
        UP,
        /** The way down did not lead back to what was there before the way up. */
        DOWN,
        /** The second way up led elsewhere than the first. */
        UP_AGAIN,
        /** Rolling back everything left something over. */
        ALL_THE_WAY_DOWN
    }

    /**
     * One difference.
     *
     * @param migration number and name; empty for what belongs to none
     * @param step where it was found
     * @param what a sentence
     */
    public record Finding(String migration, Step step, String what) {
        @Override
        public String toString() {
            return (migration.isEmpty() ? "" : migration + " ") + step + ": " + what;
        }
    }

    public MigrationTestReport {
        findings = List.copyOf(findings);
        irreversible = List.copyOf(irreversible);
    }

    /**
     * Does nothing when nothing was found.
     *
     * @throws AssertionError with every finding
     */
    public void assertNothingLost() {
        if (!findings.isEmpty()) {
            throw new AssertionError(findings.size() + " findings in " + migrations + " migrations:\n"
                    + findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        }
    }
}
