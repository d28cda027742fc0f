package rillite.cli.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.cli.TextTable;

/** Measures reads and writes where a database lies. */
@CommandLine.Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures for some seconds how fast rows are read and written in a folder.",
        footer = {
            "",
            "It works on a new file of its own, which it deletes; a database that is named is not even opened.",
            "A commit waits for the disk. The first seconds of a Java program are its slowest.",
            "",
            "Examples:",
            "  rillite bench              the folder you are in",
            "  rillite bench shop.db      the folder that shop.db is in",
            "  rillite bench /tmp --json"
        })
final class BenchCommand extends Command {

    private static final Duration EACH = Duration.ofMillis(1200);

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLACE",
            description = "A folder, or a file in it; the folder you are in if not given.")
    private Path place = Path.of("");

    BenchCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        List<Measurement> results = new ArrayList<>();
        try (Scratch scratch = Scratch.in(place);
                OpenDatabase open = OpenDatabase.create(scratch.file())) {
            output.note("Measuring in " + scratch.place() + " for about " + Numbers.time(EACH.multipliedBy(5)));
            new Bench(open, EACH, results::add).run();
            print(output, scratch, open, results);
        }
        return WELL;
    }

    private void print(Output output, Scratch scratch, OpenDatabase open, List<Measurement> results) {
        String machine = "Java " + System.getProperty("java.version") + ", SQLite "
                + open.database().schema().sqliteVersion() + ", "
                + Output.count(Runtime.getRuntime().availableProcessors(), "processor") + ", journal mode "
                + open.text("PRAGMA journal_mode");
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("folder", scratch.place().toString());
            json.put("machine", machine);
            json.put("results", results.stream().map(BenchCommand::json).toList());
            output.json(json);
            return;
        }
        TextTable table = new TextTable(List.of("WORK", "EACH SECOND"));
        results.forEach(result -> table.row(result.name(), Numbers.grouped(Math.round(result.perSecond()))));
        output.table(table.right(1), "");
        output.say(Style.DIM, machine);
    }

    private static Map<String, Object> json(Measurement result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.name());
        json.put("perSecond", result.perSecond());
        json.put("count", result.count());
        json.put("seconds", result.time().toNanos() / 1e9);
        return json;
    }
}
