package rillite.querysets.migrate.make;

import java.nio.file.Path;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * A migration that has been thought out and tried out in memory, and not yet been written to files. Read it before you use
 * it.
 *
 * @param changes what the way up does, in order; empty if the schemas are the same
 * @param rollback what the way down does, in order
 * @param upSql the way up, as a migrator and the command line of SQLite take it
 * @param downSql the way down
 * @param warnings what is to be known before it is run
 * @param needsRebuild whether a table is dropped or made anew on one of the ways, so that it runs with foreign keys off and
 *     nobody else writes meanwhile
 */
public record MigrationDraft(
        List<SchemaChange> changes,
        List<SchemaChange> rollback,
        String upSql,
        String downSql,
        List<DraftWarning> warnings,
        boolean needsRebuild) {

    public MigrationDraft {
        changes = List.copyOf(changes);
        rollback = List.copyOf(rollback);
        warnings = List.copyOf(warnings);
    }

    static MigrationDraft of(List<SchemaChange> ups, List<SchemaChange> downs, List<DraftWarning> warnings) {
        return new MigrationDraft(
                ups,
                downs,
                DraftText.of(ups),
                DraftText.of(downs),
                warnings,
                DraftText.needsRebuild(ups) || DraftText.needsRebuild(downs));
    }

    MigrationDraft with(List<DraftWarning> counted) {
        return new MigrationDraft(changes, rollback, upSql, downSql, counted, needsRebuild);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Writes both ways into a folder when subscribed, as {@code 0007_name.up.sql} and {@code 0007_name.down.sql}: the next
     * number after the highest one that is there or in the folder of an environment. The folder is created if it is missing; a file that exists is never
     * overwritten. Runs on a thread of its own.
     *
     * @param name lower case letters, digits and underscores
     * @return the files; a {@link DraftFileException} if they cannot be written
     * @throws IllegalArgumentException another name
     * @throws IllegalStateException the draft is empty
     */
    public Mono<MigrationFiles> writeTo(Path folder, String name) {
        return MigrationFiles.write(folder, name, this);
    }
}
