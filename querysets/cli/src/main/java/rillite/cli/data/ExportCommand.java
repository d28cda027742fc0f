package rillite.cli.data;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.InputFile;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
import rillite.cli.Terminal;

/** Writes rows to a file. */
@CommandLine.Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes a table, or the rows of a query, to a CSV, NDJSON or JSON file.",
        footer = {
            "",
            "The file gets its name when it is whole. NULL is an empty field, an empty text one in quotes, bytes are"
                    + " x'0aff', or in JSON {\"$base64\": \"..\"}: what was exported can be imported.",
            "",
            "Examples:",
            "  rillite export shop.db book book.csv",
            "  rillite export shop.db 'book.filter(pages__gt=300).values(title, pages)' long.ndjson",
            "  rillite export shop.db 'SELECT title FROM book' - --format csv | head"
        })
final class ExportCommand extends Command {

    private static final int OFTEN = 1000;

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path database = Path.of("");

    @Parameters(index = "1", paramLabel = "QUERY", description = "A table, a QuerySet, or one SQL statement.")
    private String query = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "FILE", description = "The new file; - for standard output.")
    private Path file = Path.of(ImportSource.STANDARD);

    @Option(
            names = {"-f", "--format"},
            description = "CSV, JSON or NDJSON; by default what the name of FILE tells.")
    private @Nullable RowFormat format;

    @Option(names = "--force", description = "Replace FILE if it exists.")
    private boolean force;

    ExportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        RowFormat chosen = chosen();
        InputFile input = InputFile.of(database);
        try (OpenDatabase open = OpenDatabase.forReading(input)) {
            Answer answer = Asked.answer(open, query);
            if (isStandard()) {
                write(open, answer, chosen, terminal().out());
                return WELL;
            }
            long start = System.nanoTime();
            long rows;
            try (WholeFile whole = WholeFile.create(file, force, input)) {
                rows = write(open, answer, chosen, whole.writer());
                whole.commit();
            }
            summary(rows, Duration.ofNanos(System.nanoTime() - start), output);
            return WELL;
        }
    }

    private boolean isStandard() {
        return ImportSource.isStandard(file);
    }

    private RowFormat chosen() {
        if (format == RowFormat.TABLE) {
            throw new Refusal("A table for the screen cannot be read back: take --format csv, json or ndjson.");
        }
        if (format != null) {
            return format;
        }
        if (isStandard()) {
            return isJson() ? RowFormat.JSON : RowFormat.CSV;
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return RowFormat.CSV;
        }
        if (name.endsWith(".json")) {
            return RowFormat.JSON;
        }
        if (name.endsWith(".ndjson") || name.endsWith(".jsonl")) {
            return RowFormat.NDJSON;
        }
        throw new Refusal(
                "The name \"" + file + "\" does not tell what is to be in it: add --format csv, json or ndjson.");
    }

    private long write(OpenDatabase open, Answer answer, RowFormat chosen, PrintWriter out) {
        RowWriter writer = chosen.writer(new RowFormat.Sheet(out, 0, false));
        if (isStandard()) {
            return Rows.write(answer, writer, out, Long.MAX_VALUE).rows();
        }
        long most = terminal().watched() && Asked.isTable(open, query)
                ? open.number("SELECT count(*) FROM " + OpenDatabase.quoted(query))
                : -1;
        try (Bar bar = Bar.ofRows(terminal(), "Exporting", most)) {
            return Rows.write(answer, new Shown(writer, bar), out, Long.MAX_VALUE)
                    .rows();
        }
    }

    private void summary(long rows, Duration time, Output output) {
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", file.toString());
            json.put("rows", rows);
            json.put("milliseconds", time.toMillis());
            output.json(json);
        } else {
            output.say(Style.GREEN, Output.count(rows, "row") + " to " + file + " in " + Numbers.time(time) + ".");
        }
    }

    /** Shows how far the writer is. */
    private static final class Shown implements RowWriter {

        private final RowWriter writer;
        private final Bar bar;
        private long rows;

        Shown(RowWriter writer, Bar bar) {
            this.writer = writer;
            this.bar = bar;
        }

        @Override
        public boolean hasHead() {
            return writer.hasHead();
        }

        @Override
        public void begin(List<String> names) {
            writer.begin(names);
        }

        @Override
        public void row(List<String> names, List<@Nullable Object> values) {
            writer.row(names, values);
            if (++rows % OFTEN == 0) {
                bar.at(rows, rows);
            }
        }

        @Override
        public void end(long count) {
            writer.end(count);
        }
    }
}
