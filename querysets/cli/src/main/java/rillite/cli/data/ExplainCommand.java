package rillite.cli.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Printable;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.querysets.Plan;
import rillite.querysets.advice.IndexAdvice;
import rillite.querysets.advice.IndexAdvisor;
import rillite.querysets.advice.IndexProposal;

/** Shows the plan of a query, and indexes that would help it. */
@CommandLine.Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows how SQLite would run a query, and which indexes would help it.",
        footer = {
            "",
            "The query is not run. Indexes are tried on a copy of the schema in memory, with the statistics of the file;"
                    + " what is shown is what SQLite itself would take. Exit code 1 when an index would help.",
            "",
            "Examples:",
            "  rillite explain shop.db \"SELECT * FROM book WHERE title = ? ORDER BY pages\"",
            "  rillite explain shop.db 'book.filter(author__name=\"Ada\")'"
        })
final class ExplainCommand extends Command {

    private static final String INDENT = "  ";

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "QUERY", description = "One SQL statement, or a QuerySet.")
    private String query = "";

    ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(file))) {
            boolean sql = Statements.isSql(query);
            String statement = sql
                    ? Statements.single(query).sql()
                    : Statements.query(open.database(), query).toSql().sql();
            IndexAdvice advice = Objects.requireNonNull(
                    IndexAdvisor.of(open.database()).advise(statement).block());
            if (output.isJson()) {
                output.json(json(statement, advice));
            } else {
                if (!sql) {
                    output.say(Style.DIM, statement);
                    output.blank();
                }
                print(advice, output);
            }
            return advice.indexes().isEmpty() ? WELL : FINDING;
        }
    }

    private static void print(IndexAdvice advice, Output output) {
        print(advice.plan().steps(), "", output);
        if (advice.indexes().isEmpty()) {
            output.blank();
            output.say(
                    advice.plan().fullScans().isEmpty()
                            ? "No table is read whole."
                            : "No index over the columns of the query would change that.");
            return;
        }
        output.blank();
        output.say("With " + (advice.indexes().size() == 1 ? "this index" : "these indexes") + ":");
        advice.indexes().forEach(index -> output.say(Style.GREEN, INDENT + index.sql() + ";"));
        output.blank();
        output.say("it would be, as tried on a copy:");
        print(advice.improved().steps(), "", output);
    }

    private static void print(List<Plan.Step> steps, String indent, Output output) {
        for (Plan.Step step : steps) {
            boolean last = step == steps.get(steps.size() - 1);
            output.print(indent
                    + (last ? "└─ " : "├─ ")
                    + (step.isFullScan()
                            ? output.paint(Style.RED, step.detail() + "  <- full scan")
                            : Printable.of(step.detail())));
            print(step.steps(), indent + (last ? "   " : "│  "), output);
        }
    }

    private static Map<String, @Nullable Object> json(String statement, IndexAdvice advice) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("sql", statement);
        json.put("plan", json(advice.plan().steps()));
        json.put("indexes", advice.indexes().stream().map(IndexProposal::sql).toList());
        json.put("improved", json(advice.improved().steps()));
        return json;
    }

    private static List<Map<String, @Nullable Object>> json(List<Plan.Step> steps) {
        return steps.stream()
                .map(step -> {
                    Map<String, @Nullable Object> json = new LinkedHashMap<>();
                    json.put("detail", step.detail());
                    json.put("fullScan", step.isFullScan());
                    json.put("steps", json(step.steps()));
                    return json;
                })
                .toList();
    }
}
