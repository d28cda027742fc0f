package rillite.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import rillite.cli.Inspection.Rows;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Table;

/** An inspection for people. */
final class InspectionText {

    private static final String INDENT = "  ";
    private static final int NAMES = 6;

    private final Inspection inspection;
    private final Output output;

    private InspectionText(Inspection inspection, Output output) {
        this.inspection = inspection;
        this.output = output;
    }

    /**
     * @param full whether to show each table by itself instead of all in one table
     */
    static void print(Inspection inspection, boolean full, Output output) {
        InspectionText text = new InspectionText(inspection, output);
        text.file();
        if (full) {
            inspection.shown().forEach(text::table);
        } else {
            text.tables();
            text.relations(inspection.shown());
            text.problems();
        }
        text.notes();
    }

    private void file() {
        Map<String, Object> settings = inspection.settings();
        output.print(output.paint(Style.BOLD, inspection.path().toString()));
        List<String> facts = new ArrayList<>();
        facts.add(Numbers.bytes(inspection.bytes()));
        facts.add(Objects.toString(settings.get("encoding")));
        facts.add("journal mode " + settings.get("journal_mode"));
        facts.add(Output.count(inspection.count(Table.Kind.TABLE), "table"));
        if (inspection.count(Table.Kind.VIEW) > 0) {
            facts.add(Output.count(inspection.count(Table.Kind.VIEW), "view"));
        }
        if (inspection.count(Table.Kind.VIRTUAL) > 0) {
            facts.add(Output.count(inspection.count(Table.Kind.VIRTUAL), "virtual table"));
        }
        output.say(String.join(", ", facts));
        output.say(
                Style.DIM,
                settings.entrySet().stream()
                        .filter(setting -> !List.of("encoding", "journal_mode").contains(setting.getKey()))
                        .map(setting -> setting.getKey() + " " + setting.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private void tables() {
        if (inspection.shown().isEmpty()) {
            output.blank();
            output.say("There is no table in it.");
            return;
        }
        TextTable table = new TextTable("TABLE", "ROWS>", "COLUMNS", "KEY", "INDEXES>");
        for (Table shown : inspection.shown()) {
            table.row(
                    shown.kind() == Table.Kind.TABLE
                            ? shown.name()
                            : shown.name() + " (" + shown.kind().name().toLowerCase(Locale.ROOT) + ")",
                    inspection.rows(shown).text(),
                    Output.some(names(shown.visibleColumns()), NAMES),
                    String.join(", ", names(shown.primaryKey())),
                    shown.indexes().isEmpty()
                            ? ""
                            : String.valueOf(shown.indexes().size()));
        }
        output.blank();
        output.table(table, "");
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private void relations(List<Table> tables) {
        TextTable table = new TextTable("RELATION", "LEADS TO", "THROUGH");
        for (Table owner : tables) {
            for (Relation relation : inspection.schema().relations(owner.name())) {
                table.row(
                        relation.qualifiedName(),
                        (relation.kind().isMany() ? "many " : "one ")
                                + relation.target().name(),
                        through(relation));
            }
        }
        if (!table.isEmpty()) {
            output.blank();
            output.table(table, "");
        }
    }

    private static String through(Relation relation) {
        Relation.Link link = relation.link();
        return link == null ? relation.foreignKey().toString() : link.table().name() + ": " + relation.foreignKey();
    }

    private void problems() {
        for (Table table : inspection.shown()) {
            String problem = inspection.rows(table).problem();
            if (problem != null) {
                output.blank();
                output.say(Style.RED, table.name() + " cannot be read: " + problem);
            }
        }
    }

    private void notes() {
        if (!inspection.schema().notes().isEmpty()) {
            output.blank();
            inspection.schema().notes().forEach(note -> output.say(Style.YELLOW, "Note: " + note));
        }
    }

    private void table(Table table) {
        Rows rows = inspection.rows(table);
        Long count = rows.count();
        output.heading(table.name() + " (" + table.kind().name().toLowerCase(Locale.ROOT)
                + (count == null ? "" : ", " + rows.text() + (count == 1 ? " row" : " rows"))
                + (table.strict() ? ", strict" : "")
                + (table.withoutRowid() ? ", without rowid" : "") + ")");
        if (rows.problem() != null) {
            output.say(Style.RED, INDENT + "cannot be read: " + rows.problem());
        }
        columns(table);
        indexes(table);
        relations(List.of(table));
        table.declaration().checks().forEach(check -> output.say(INDENT + "CHECK (" + check.sql() + ")"));
        table.declaration().triggers().forEach(trigger -> output.say(INDENT + "TRIGGER " + trigger.name()));
    }

    private void columns(Table table) {
        TextTable columns = new TextTable("COLUMN", "TYPE", "NULL", "DEFAULT", "KEY", "REFERENCES");
        for (Column column : table.columns()) {
            columns.row(
                    column.name(),
                    column.declaredType(),
                    column.notNull() ? "no" : "yes",
                    column.generatedSql() != null
                            ? "= " + column.generatedSql()
                            : Objects.requireNonNullElse(column.defaultSql(), ""),
                    column.keyPosition() == 0 ? "" : String.valueOf(column.keyPosition()),
                    table.foreignKeys().stream()
                            .filter(key -> key.columns().contains(column.name()))
                            .map(InspectionText::parent)
                            .collect(Collectors.joining(", ")));
        }
        output.table(columns, INDENT);
    }

    private static String parent(ForeignKey key) {
        return key.parentTable() + "(" + String.join(", ", key.parentColumns()) + ")";
    }

    private void indexes(Table table) {
        TextTable indexes = new TextTable("INDEX", "ON", "");
        for (Index index : table.indexes()) {
            String predicate = index.predicate();
            indexes.row(
                    index.name(),
                    index.terms().stream().map(InspectionText::term).collect(Collectors.joining(", ")),
                    (index.unique() ? "unique " : "") + (predicate == null ? "" : "where " + predicate));
        }
        if (!indexes.isEmpty()) {
            output.blank();
            output.table(indexes, INDENT);
        }
    }

    private static String term(Index.Term term) {
        return Objects.requireNonNullElse(term.column(), term.expression()) + (term.descending() ? " DESC" : "");
    }
}
