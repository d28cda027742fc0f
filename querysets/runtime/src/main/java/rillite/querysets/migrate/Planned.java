package rillite.querysets.migrate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.MigrationScript.Mode;

/**
 * What is to be done with one migration.
 *
 * @param migration the file; null for one whose file is gone
 * @param applied the row of the history; null for one that is not applied
 */
record Planned(
        Action action,
        @Nullable Migration migration,
        @Nullable AppliedMigration applied) {

    static Planned of(Action action, MigrationStatus.Entry entry) {
        return new Planned(action, entry.migration(), entry.applied());
    }

    Migration file() {
        return Objects.requireNonNull(migration);
    }

    AppliedMigration row() {
        return Objects.requireNonNull(applied);
    }

    long number() {
        return migration != null ? migration.number() : row().number();
    }

    /** The way that is run; null where only the history changes. */
    @Nullable MigrationScript script() {
        return switch (action) {
            case APPLY -> file().up();
            case ROLL_BACK -> file().down();
            default -> null;
        };
    }

    Mode mode() {
        MigrationScript script = script();
        return script == null ? Mode.TRANSACTION : script.mode();
    }

    MigrationReport.Step step(Duration duration) {
        MigrationScript script = script();
        List<String> statements = script == null
                ? List.of()
                : script.statements().stream()
                        .map(MigrationScript.Statement::sql)
                        .toList();
        return new MigrationReport.Step(version(), name(), action, mode(), statements, duration);
    }

    String version() {
        return migration != null ? migration.version() : row().version();
    }

    String name() {
        return migration != null ? migration.name() : row().name();
    }

    @Override
    public String toString() {
        return version() + "_" + name();
    }
}
