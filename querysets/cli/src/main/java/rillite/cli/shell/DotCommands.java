package rillite.cli.shell;

import io.r2dbc.spi.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.TextTable;
import rillite.querysets.Nearest;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;
import rillite.r2dbc.SqliteScript;

/** What is typed with a dot in front of it. */
final class DotCommands {

    static final List<String> NAMES = List.of(".exit", ".explain", ".help", ".quit", ".schema", ".tables");

    private static final List<String> HELP = List.of(
            "SELECT ..;            a statement, in as many lines as it takes; it runs at the semicolon",
            "book.filter(pages__gt=300)    a QuerySet, as for rillite query; it sees what is committed",
            ".tables               tables and views with their columns",
            ".schema [TABLE]       the statements that made them",
            ".explain SELECT ..    which way SQLite takes through tables and indexes",
            ".help                 this list",
            ".exit                 the end; as Ctrl-D",
            "Ctrl-C takes back what was typed, or stops the statement that runs. Tab completes names. Lines that begin with",
            "a blank are not kept in the history.");

    private final OpenDatabase open;
    private final Output output;
    private final Runner runner;

    DotCommands(OpenDatabase open, Output output, Runner runner) {
        this.open = open;
        this.output = output;
        this.runner = runner;
    }

    /**
     * Runs a command.
     *
     * @return whether the shell goes on
     * @throws Refusal there is no such command
     */
    boolean run(String typed) {
        String text = typed.strip().replaceAll("\\s*;$", "");
        String[] words = text.split("\\s+", 2);
        String rest = words.length == 1 ? "" : words[1].strip();
        switch (words[0].toLowerCase(Locale.ROOT)) {
            case ".exit", ".quit" -> {
                return false;
            }
            case ".help" -> HELP.forEach(output::say);
            case ".tables" -> tables();
            case ".schema" -> schema(rest);
            case ".explain" -> explain(rest);
            default ->
                throw new Refusal("There is no command \"" + words[0] + "\"."
                        + Nearest.hint(Nearest.of(words[0], NAMES)) + " .help lists them.");
        }
        return true;
    }

    private void tables() {
        TextTable table = new TextTable(List.of("TABLE", "COLUMNS"));
        for (Table known : runner.schema().tables()) {
            if (known.kind() != Table.Kind.SHADOW) {
                table.row(
                        known.kind() == Table.Kind.TABLE
                                ? known.name()
                                : known.name() + " (" + known.kind().name().toLowerCase(Locale.ROOT) + ")",
                        String.join(
                                ", ",
                                known.visibleColumns().stream()
                                        .map(Column::name)
                                        .toList()));
            }
        }
        output.table(table, "");
    }

    private void schema(String typed) {
        String name = typed.startsWith("\"") && typed.endsWith("\"") && typed.length() > 1
                ? typed.substring(1, typed.length() - 1).replace("\"\"", "\"")
                : typed;
        List<String> statements = runner.rows(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND (?1 = '' OR tbl_name = ?1 COLLATE NOCASE)"
                        + " ORDER BY tbl_name, type DESC, name",
                row -> Objects.requireNonNull(row.get(0, String.class)),
                name);
        if (statements.isEmpty() && !name.isEmpty()) {
            List<String> names =
                    runner.schema().tables().stream().map(Table::name).toList();
            throw new Refusal("There is no table \"" + name + "\"." + Nearest.hint(Nearest.of(name, names)));
        }
        statements.forEach(sql -> output.block(sql + ";", ""));
    }

    private record Step(long id, long parent, String detail) {

        static Step of(Row row) {
            return new Step(
                    Objects.requireNonNull(row.get(0, Long.class)),
                    Objects.requireNonNull(row.get(1, Long.class)),
                    Objects.requireNonNullElse(row.get(3, String.class), ""));
        }
    }

    private void explain(String sql) {
        List<SqliteScript.Statement> statements = Entry.statements(sql);
        if (statements.isEmpty()) {
            throw new Refusal("A statement is missing: .explain SELECT .., for example.");
        }
        // what stands behind the first one would run
        String only = "EXPLAIN QUERY PLAN " + statements.get(0).sql();
        if (statements.size() > 1 || Entry.statements(only).size() > 1) {
            throw new Refusal(".explain takes one statement, and these are several: explain them one by one.");
        }
        Map<Long, Integer> depths = new HashMap<>();
        for (Step step : runner.rows(only, Step::of)) {
            int depth = depths.getOrDefault(step.parent(), -1) + 1;
            depths.put(step.id(), depth);
            output.block(step.detail(), "  ".repeat(depth));
        }
    }
}
