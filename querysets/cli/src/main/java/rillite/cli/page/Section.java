package rillite.cli.page;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import rillite.cli.Inspection;
import rillite.cli.Inspection.Rows;
import rillite.cli.Numbers;
import rillite.cli.page.Samples.Cell;
import rillite.cli.page.Samples.Sample;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Table;

/** What the page tells of one table. */
final class Section {

    private static final int MOST_RELATIONS = 500;

    private final Inspection inspection;
    private final Anchors anchors;
    private final Markup markup;

    Section(Inspection inspection, Anchors anchors, Markup markup) {
        this.inspection = inspection;
        this.anchors = anchors;
        this.markup = markup;
    }

    void write(Table table, Sample sample) {
        markup.open("section", "class", "table", "id", anchors.id(table)).raw("\n");
        head(table);
        columns(table);
        relations(table);
        indexes(table);
        rules(table);
        sample(sample);
        markup.end();
    }

    private void head(Table table) {
        Rows rows = inspection.rows(table);
        markup.open("h2").name(table.name()).text(" ");
        markup.element("span", facts(table, rows), "class", "facts").text(" ");
        boolean drawn = inspection.shown().size() <= Diagram.MOST_TABLES;
        String back = drawn ? Anchors.box(anchors.id(table)) : "diagram";
        markup.element("a", drawn ? "diagram" : "top", "class", "back", "href", "#" + back)
                .end();
        String problem = rows.problem();
        if (problem != null) {
            markup.element("p", "It cannot be read: " + problem, "class", "problem")
                    .raw("\n");
        }
    }

    private static String facts(Table table, Rows rows) {
        return table.kind().name().toLowerCase(Locale.ROOT)
                + (rows.count() == null ? "" : ", " + rows.text() + (rows.count() == 1 ? " row" : " rows"))
                + (table.strict() ? ", strict" : "")
                + (table.withoutRowid() ? ", without rowid" : "");
    }

    private void table(String look, String... titles) {
        markup.open("div", "class", "scroll")
                .open("table", "class", look)
                .open("thead")
                .open("tr");
        for (String title : titles) {
            markup.element("th", title, "scope", "col");
        }
        markup.close().close().raw("\n").open("tbody").raw("\n");
    }

    private void endTable() {
        markup.close().close().end();
    }

    private void columns(Table table) {
        if (table.columns().isEmpty()) {
            return;
        }
        table("columns", "Column", "Type", "Null", "Default", "Key", "References");
        for (Column column : table.columns()) {
            markup.open("tr").element("td", column.name(), "class", "name");
            markup.element("td", column.declaredType()).element("td", column.notNull() ? "no" : "yes");
            String generated = column.generatedSql();
            markup.element(
                    "td",
                    generated == null ? Objects.requireNonNullElse(column.defaultSql(), "") : "= " + generated,
                    "class",
                    "sql");
            markup.element("td", column.keyPosition() == 0 ? "" : "key " + column.keyPosition());
            markup.open("td");
            references(table, column);
            markup.close().end();
        }
        endTable();
    }

    private void references(Table table, Column column) {
        for (ForeignKey key : table.foreignKeys()) {
            if (key.columns().contains(column.name())) {
                String parent = inspection
                        .schema()
                        .find(key.parentTable())
                        .or(() -> anyCase(key.parentTable()))
                        .map(Table::name)
                        .orElse(key.parentTable());
                anchors.link(markup, parent);
                markup.text(key.parentColumns().isEmpty() ? " " : "(" + String.join(", ", key.parentColumns()) + ") ");
            }
        }
    }

    private Optional<Table> anyCase(String name) {
        return inspection.shown().stream()
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private void relations(Table table) {
        List<Relation> relations = inspection.schema().relations(table.name());
        if (relations.isEmpty()) {
            return;
        }
        table("relations", "Relation", "Leads to", "Through");
        for (Relation relation : relations.subList(0, Math.min(relations.size(), MOST_RELATIONS))) {
            markup.open("tr").element("td", relation.name(), "class", "name");
            markup.open("td").text(relation.kind().isMany() ? "many " : "one ");
            anchors.link(markup, relation.target().name());
            markup.close().open("td", "class", "sql");
            Relation.Link link = relation.link();
            if (link != null) {
                anchors.link(markup, link.table().name());
                markup.text(": ");
            }
            markup.text(relation.foreignKey().toString()).close().end();
        }
        endTable();
        if (relations.size() > MOST_RELATIONS) {
            markup.element("p", "and " + Numbers.grouped(relations.size() - MOST_RELATIONS) + " more relations")
                    .raw("\n");
        }
    }

    private void indexes(Table table) {
        if (table.indexes().isEmpty()) {
            return;
        }
        table("indexes", "Index", "On", "");
        for (Index index : table.indexes()) {
            String predicate = index.predicate();
            markup.open("tr").element("td", index.name(), "class", "name");
            markup.element(
                    "td",
                    String.join(", ", index.terms().stream().map(Section::term).toList()),
                    "class",
                    "sql");
            markup.element("td", (index.unique() ? "unique " : "") + (predicate == null ? "" : "where " + predicate))
                    .end();
        }
        endTable();
    }

    private static String term(Index.Term term) {
        return Objects.requireNonNullElse(term.column(), term.expression()) + (term.descending() ? " DESC" : "");
    }

    private void rules(Table table) {
        if (table.declaration().checks().isEmpty()
                && table.declaration().triggers().isEmpty()) {
            return;
        }
        markup.open("ul", "class", "rules").raw("\n");
        table.declaration()
                .checks()
                .forEach(check ->
                        markup.element("li", "CHECK (" + check.sql() + ")").raw("\n"));
        table.declaration()
                .triggers()
                .forEach(trigger ->
                        markup.element("li", "TRIGGER " + trigger.name()).raw("\n"));
        markup.end();
    }

    private void sample(Sample sample) {
        String problem = sample.problem();
        if (problem != null) {
            markup.element("p", problem, "class", "problem").raw("\n");
        }
        if (sample.rows().isEmpty()) {
            return;
        }
        markup.element("h3", "First rows").raw("\n");
        table("sample", sample.columns().stream().map(Column::name).toArray(String[]::new));
        for (List<Cell> row : sample.rows()) {
            markup.open("tr");
            row.forEach(cell -> markup.element("td", cell.text(), "class", "value " + cell.type()));
            markup.end();
        }
        endTable();
    }
}
