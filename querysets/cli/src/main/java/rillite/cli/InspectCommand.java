package rillite.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is in a file. */
@CommandLine.Command(
        name = "inspect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows tables, rows, keys, indexes, settings and relations.",
        footer = {
            "",
            "Rows are counted for two seconds at the most; ~ marks an estimate.",
            "",
            "Examples:",
            "  rillite inspect shop.db",
            "  rillite inspect shop.db book author    columns, indexes and relations of two tables",
            "  rillite inspect shop.db --json"
        })
final class InspectCommand extends Command {

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path file = Path.of("");

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TABLE", description = "Tables to show in full.")
    private List<String> tables = List.of();

    @Option(names = "--exact", description = "Count all rows, also those of views, however long it takes.")
    private boolean exact;

    InspectCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(file))) {
            Inspection inspection = Inspector.inspect(open, tables, exact);
            if (output.isJson()) {
                output.json(InspectionJson.of(inspection));
            } else {
                InspectionText.print(inspection, !tables.isEmpty(), output);
            }
            return inspection.isReadable() ? WELL : FINDING;
        }
    }
}
