package rillite.querysets.migrate;

/**
 * How far a call is: told when a migration begins, after its statements, and when it is committed.
 *
 * @param version number of the migration
 * @param name its name
 * @param action what is done with it
 * @param migration its place among those of this call, from 1
 * @param migrations how many there are in this call
 * @param statement how many of its statements are done
 * @param statements how many it has
 * @param committed whether it is done for good
 */
public record MigrationProgress(
        String version,
        String name,
        MigrationReport.Action action,
        int migration,
        int migrations,
        int statement,
        int statements,
        boolean committed) {

    /** Whether it must be told: the signals between may be left out for a slow subscriber. */
    boolean isMilestone() {
        return committed || statement == 0;
    }
}
