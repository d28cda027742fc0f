package rillite.cli;

import io.r2dbc.spi.R2dbcException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Table;

/** What the doctor says about pages and rows. */
final class DataChecks {

    private static final String INTEGRITY = "integrity";
    private static final String KEYS = "foreign keys";
    private static final String REPAIR =
            "stop writing, copy the file with its -wal, then restore a backup; what is readable comes out with"
                    + " rillite export";
    private static final int MOST = 20;

    private DataChecks() {}

    static List<Finding> integrity(Patient patient) {
        String pragma = patient.quick() ? "quick_check" : "integrity_check";
        List<String> lines;
        try {
            lines = patient.open()
                    .list(
                            "PRAGMA " + pragma + "(" + MOST + ")",
                            row -> Objects.requireNonNull(row.get(0, String.class)));
        } catch (RuntimeException e) {
            return List.of(Finding.error(INTEGRITY, said(e), REPAIR));
        }
        if (lines.equals(List.of("ok"))) {
            return List.of(Finding.ok(
                    INTEGRITY,
                    (patient.quick() ? "pages are consistent" : "pages and indexes are consistent")
                            + "; values carry no check sums, so this says nothing about them"));
        }
        return lines.stream()
                .flatMap(String::lines)
                .filter(line -> !line.startsWith("***"))
                .limit(MOST)
                .map(line -> Finding.error(INTEGRITY, line, REPAIR))
                .toList();
    }

    /** The words of the driver, or the error again when it is not one of it. */
    private static String said(RuntimeException e) {
        if (Exceptions.unwrap(e) instanceof R2dbcException refused) {
            return DriverMessage.brief(refused);
        }
        throw e;
    }

    private record Violated(long key, long rows, @Nullable Long example) {}

    static List<Finding> foreignKeys(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        long keys = 0;
        for (Table table : patient.schema().tables()) {
            keys += table.foreignKeys().size();
            if (!table.foreignKeys().isEmpty()) {
                findings.addAll(violations(patient, table));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(
                    KEYS,
                    keys == 0
                            ? "the file declares none"
                            : "no row violates the " + Output.count(keys, "foreign key")
                                    + ". Programs with Rillite enforce them; others have to send PRAGMA foreign_keys ="
                                    + " ON for each connection"));
        }
        return findings;
    }

    private static List<Finding> violations(Patient patient, Table table) {
        List<Violated> violated;
        try {
            violated = patient.open()
                    .list(
                            "SELECT fkid, count(*), min(rowid) FROM pragma_foreign_key_check(?) GROUP BY fkid",
                            row -> new Violated(
                                    Objects.requireNonNull(row.get(0, Long.class)),
                                    Objects.requireNonNull(row.get(1, Long.class)),
                                    row.get(2, Long.class)),
                            table.name());
        } catch (RuntimeException e) {
            return List.of(
                    Finding.error(KEYS, table.name() + " cannot be checked: " + said(e), "repair the declaration"));
        }
        return violated.stream().map(one -> finding(table, one)).toList();
    }

    private static Finding finding(Table table, Violated violated) {
        // SQLite numbers the keys of a table from the last one declared
        int position = (int) (table.foreignKeys().size() - 1 - violated.key());
        ForeignKey key = table.foreignKeys().get(position);
        Long example = violated.example();
        String rows = violated.rows() == 1 ? " row points" : " rows point";
        return Finding.error(
                KEYS,
                key + ": " + Numbers.grouped(violated.rows()) + rows + " to nothing"
                        + (example == null ? "" : ", for example rowid " + example),
                "insert what they point to, or change them. They are: " + orphans(key));
    }

    private static String orphans(ForeignKey key) {
        String set = key.columns().stream()
                .map(column -> "c." + OpenDatabase.quoted(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
        String pairs = IntStream.range(
                        0, Math.min(key.columns().size(), key.parentColumns().size()))
                .mapToObj(i -> "p." + OpenDatabase.quoted(key.parentColumns().get(i)) + " = c."
                        + OpenDatabase.quoted(key.columns().get(i)))
                .collect(Collectors.joining(" AND "));
        return "SELECT * FROM " + OpenDatabase.quoted(key.table()) + " AS c WHERE " + set
                + " AND NOT EXISTS (SELECT 1 FROM " + OpenDatabase.quoted(key.parentTable()) + " AS p WHERE "
                + (pairs.isEmpty() ? "TRUE" : pairs) + ")";
    }
}
