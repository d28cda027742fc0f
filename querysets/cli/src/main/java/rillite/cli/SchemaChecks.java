package rillite.cli;

import java.util.ArrayList;
import java.util.List;
import rillite.querysets.advice.ForeignKeyIndexes;
import rillite.querysets.schema.Table;

/** What the doctor says about declarations. */
final class SchemaChecks {

    private SchemaChecks() {}

    static List<Finding> indexes(Patient patient) {
        String check = "indexes";
        List<ForeignKeyIndexes.Missing> missing = ForeignKeyIndexes.missing(patient.schema());
        return missing.isEmpty()
                ? List.of(Finding.ok(check, "every foreign key has one"))
                : missing.stream()
                        .map(one -> Finding.warning(
                                check,
                                one.key() + " has none: a delete in "
                                        + one.key().parentTable()
                                        + " and a query from there read all of "
                                        + one.key().table(),
                                one.index().sql()))
                        .toList();
    }

    static List<Finding> declarations(Patient patient) {
        String check = "declarations";
        List<Finding> findings = new ArrayList<>();
        for (Table table : patient.schema().tables()) {
            String problem = table.problem();
            if (problem != null) {
                findings.add(Finding.warning(
                        check,
                        table.name() + " cannot be read: " + Inspector.problem(patient.open(), table, problem),
                        table.kind() == Table.Kind.VIEW
                                ? "DROP VIEW " + OpenDatabase.quoted(table.name()) + ", or make what it names"
                                : "open it with a program that has the module of this table"));
            }
        }
        patient.schema()
                .notes()
                .forEach(note -> findings.add(Finding.warning(check, note, "change the declaration of the table")));
        return findings.isEmpty() ? List.of(Finding.ok(check, "every table and view can be read")) : findings;
    }
}
