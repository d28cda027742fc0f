package rillite.querysets.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.MigrationStatus.Entry;
import rillite.querysets.migrate.MigrationStatus.State;

/** Lays files and history side by side. */
final class Comparison {

    private final TreeMap<Long, Migration> files = new TreeMap<>();
    private final TreeMap<Long, AppliedMigration> rows = new TreeMap<>();

    private Comparison(List<Migration> migrations, List<AppliedMigration> applied) {
        migrations.forEach(migration -> files.put(migration.number(), migration));
        for (AppliedMigration row : applied) {
            AppliedMigration twin = rows.put(row.number(), row);
            if (twin != null) {
                throw MigrationErrors.history(
                        "The history holds one number twice, as " + twin.version() + " and as " + row.version()
                                + ". Delete the row that is wrong.",
                        null);
            }
        }
    }

    static MigrationStatus of(String set, List<Migration> migrations, List<AppliedMigration> applied) {
        Comparison comparison = new Comparison(migrations, applied);
        Set<Long> numbers = new TreeSet<>(comparison.files.keySet());
        numbers.addAll(comparison.rows.keySet());
        List<Entry> entries = new ArrayList<>();
        for (Long number : numbers) {
            entries.add(comparison.entry(number));
        }
        return new MigrationStatus(set, entries);
    }

    private Entry entry(Long number) {
        Migration file = files.get(number);
        AppliedMigration row = rows.get(number);
        if (file == null) {
            return withoutFile(number, row);
        }
        if (row == null) {
            return withoutRow(number, file);
        }
        boolean renamed = !file.name().equals(row.name());
        boolean other = !file.checksum().equals(row.checksum());
        if (!renamed && !other) {
            return new Entry(file.version(), file.name(), State.APPLIED, file, row, "");
        }
        return new Entry(file.version(), file.name(), State.CHANGED, file, row, changed(file, row, renamed, other));
    }

    private static String changed(Migration file, AppliedMigration row, boolean renamed, boolean other) {
        if (renamed && other) {
            return "the number was applied as " + row + " and is the file " + file + " now: two branches took it."
                    + " Give the file the next number; the one that was applied belongs back.";
        }
        if (renamed) {
            return "was applied under the name " + row + "; its text is the same. Take the name back, or repair.";
        }
        String difference = Checksum.difference(row.checksum(), file.checksum());
        return "its way up was changed after it was applied at " + row.appliedAt()
                + " ("
                + (difference.isEmpty() ? "in which lines is not known: the history has only its checksum" : difference)
                + ")"
                + ". Take the change back and write a new migration; redo runs it again, repair accepts the text as it is.";
    }

    private Entry withoutRow(Long number, Migration file) {
        boolean late = !rows.isEmpty() && rows.lastKey() > number;
        return new Entry(
                file.version(),
                file.name(),
                late ? State.OUT_OF_ORDER : State.PENDING,
                file,
                null,
                late
                        ? "is not applied, and " + rows.lastEntry().getValue()
                                + ", which comes after it, is: a branch was merged late. Give it the next number, or"
                                + " allowOutOfOrder()."
                        : "");
    }

    private Entry withoutFile(Long number, @Nullable AppliedMigration row) {
        if (row == null) {
            throw new IllegalStateException("no file and no row " + number);
        }
        boolean newer = files.isEmpty() || files.lastKey() < number;
        return new Entry(
                row.version(),
                row.name(),
                newer ? State.NEWER : State.MISSING,
                null,
                row,
                newer
                        ? "was applied at " + row.appliedAt() + ", and the last file is "
                                + (files.isEmpty() ? "none" : files.lastEntry().getValue())
                                + ": newer code migrated this database, or environment(..) or set(..) was left out."
                                + " Name it, run the newer code, or bring the file back."
                        : "was applied at " + row.appliedAt()
                                + ", and its file is missing. Bring it back (is an environment missing?); repair"
                                + " forgets that it was applied.");
    }
}
