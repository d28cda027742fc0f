package rillite.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.page.Mermaid;
import rillite.cli.page.PageFile;

/** Shows what is in a file. */
@CommandLine.Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows tables, rows, keys, indexes, settings and relations.",
        footer = {
            "",
            "Rows are counted for two seconds at the most; ~ marks an estimate.",
            "The page of --html needs no network and no other file; it shows the first rows of every table.",
            "",
            "Examples:",
            "  rillite inspect shop.db",
            "  rillite inspect shop.db book author    columns, indexes and relations of two tables",
            "  rillite inspect shop.db --json",
            "  rillite inspect shop.db --html shop.html    a page with a diagram, to open in a browser",
            "  rillite inspect shop.db --mermaid           the diagram as text, for Markdown"
        })
final class InspectCommand extends Command {

    private static final int SAMPLES = 5;
    private static final int MOST_SAMPLES = 1000;

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TABLE", description = "Tables to show in full.")
    private List<String> tables = List.of();

    @Option(names = "--exact", description = "Count all rows, also those of views, however long it takes.")
    private boolean exact;

    @Option(names = "--html", paramLabel = "FILE", description = "Write one page with a diagram, links and first rows.")
    private @Nullable Path page;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Rows of each table on the page: 5 unless said; 0 for none.")
    private @Nullable Integer samples;

    @Option(names = "--mermaid", description = "Print an erDiagram for Mermaid.")
    private boolean mermaid;

    InspectCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        requireSense(output);
        PageFile target = page == null ? null : PageFile.of(page);
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(file))) {
            Inspection inspection = Inspector.inspect(open, tables, exact);
            if (target != null) {
                write(target, inspection, open, output);
            } else if (mermaid) {
                Mermaid.of(inspection).forEach(output::say);
            } else if (output.isJson()) {
                output.json(InspectionJson.of(inspection));
            } else {
                InspectionText.print(inspection, !tables.isEmpty(), output);
            }
            if (target != null || mermaid) {
                inspection.problems().forEach(output::note);
            }
            return inspection.isReadable() ? WELL : FINDING;
        }
    }

    private void requireSense(Output output) {
        if (mermaid && (page != null || output.isJson())) {
            throw new Refusal("--mermaid stands alone: leave out " + (page != null ? "--html" : "--json") + ".");
        }
        Integer rows = samples;
        if (rows != null && page == null) {
            throw new Refusal("--samples is for the page: give it a name with --html FILE.");
        }
        if (rows != null && (rows < 0 || rows > MOST_SAMPLES)) {
            throw new Refusal("--samples " + rows + " is out of range: 0 to " + MOST_SAMPLES + " rows.");
        }
    }

    private void write(PageFile target, Inspection inspection, OpenDatabase open, Output output) {
        long bytes = target.write(inspection, open, Objects.requireNonNullElse(samples, SAMPLES));
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("page", String.valueOf(page));
        written.put("bytes", bytes);
        written.put("tables", inspection.shown().size());
        if (output.isJson()) {
            output.json(written);
        } else {
            output.say("Wrote " + page + ": open it in a browser.");
        }
    }
}
