package rillite.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rillite.cli.Inspection;
import rillite.cli.Numbers;
import rillite.cli.Output;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/**
 * An inspection as one page: it needs nothing but itself, and its own policy forbids it to load or to send anything, and to
 * run any other script than its own.
 */
final class Page {

    private final Inspection inspection;
    private final Samples samples;
    private final Anchors anchors;
    private final Markup markup;

    private Page(Inspection inspection, Samples samples, Appendable target) {
        this.inspection = inspection;
        this.samples = samples;
        anchors = new Anchors(inspection.shown());
        markup = new Markup(target);
    }

    static void write(Inspection inspection, Samples samples, Appendable target) {
        new Page(inspection, samples, target).write();
    }

    private void write() {
        String style = Template.read("page.css");
        String script = Template.read("page.js");
        String policy = "default-src 'none'; style-src " + Template.hash(style) + "; script-src "
                + Template.hash(script) + "; base-uri 'none'; form-action 'none'";
        new Template("page.html")
                .write(
                        markup,
                        Map.of(
                                "policy", () -> markup.text(policy),
                                "style", () -> markup.raw(style),
                                "script", () -> markup.raw(script),
                                "title", () -> markup.text(fileName()),
                                "file", () -> markup.name(fileName()),
                                "facts", () -> markup.text(facts()),
                                "notes", this::notes,
                                "diagram", this::diagram,
                                "contents", this::contents,
                                "tables", this::tables));
    }

    private String fileName() {
        return String.valueOf(inspection.path().getFileName());
    }

    private String facts() {
        List<String> facts = new ArrayList<>();
        facts.add(Numbers.bytes(inspection.bytes()));
        count(facts, Table.Kind.TABLE, "table");
        count(facts, Table.Kind.VIEW, "view");
        count(facts, Table.Kind.VIRTUAL, "virtual table");
        facts.add("encoding " + inspection.settings().get("encoding"));
        facts.add("journal mode " + inspection.settings().get("journal_mode"));
        facts.add("read by SQLite " + inspection.settings().get("sqlite_version"));
        return String.join(", ", facts);
    }

    private void count(List<String> facts, Table.Kind kind, String noun) {
        long count = inspection.count(kind);
        if (count > 0) {
            facts.add(Output.count(count, noun));
        }
    }

    private void notes() {
        for (String note : inspection.schema().notes()) {
            markup.element("p", "Note: " + note, "class", "note").raw("\n");
        }
    }

    private void diagram() {
        if (inspection.shown().size() > Diagram.MOST_TABLES) {
            markup.element(
                    "p",
                    Numbers.grouped(inspection.shown().size())
                            + " tables are too many for one picture: name some of them, rillite inspect FILE TABLE.."
                            + " --html PAGE.");
            return;
        }
        Diagram diagram = new Diagram(inspection.shown(), anchors);
        if (diagram.isEmpty()) {
            markup.element("p", "There is no table in it.");
            return;
        }
        markup.open("div", "class", diagram.shrinks() ? "canvas fit" : "canvas", "tabindex", "0", "id", "canvas")
                .raw("\n");
        diagram.write(markup);
        markup.end();
    }

    private void contents() {
        for (Table table : inspection.shown()) {
            String words = String.join(
                    " ", table.visibleColumns().stream().map(Column::name).toList());
            markup.open("li", "data-columns", words);
            anchors.link(markup, table.name());
            markup.text(" ")
                    .element("span", inspection.rows(table).text(), "class", "rows")
                    .end();
        }
    }

    private void tables() {
        Section section = new Section(inspection, anchors, markup);
        inspection.shown().forEach(table -> section.write(table, samples.of(table)));
    }
}
