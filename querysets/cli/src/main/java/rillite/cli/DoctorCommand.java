package rillite.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a file. */
@CommandLine.Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Checks a file and says how to repair what it finds.",
        footer = {
            "",
            "It looks at: version of SQLite, file system, journal mode, synchronous, size of the log, free pages,"
                    + " statistics, integrity, foreign keys, missing indexes, declarations.",
            "Exit code 1 when there is a warning or an error.",
            "",
            "Examples:",
            "  rillite doctor shop.db",
            "  rillite doctor shop.db --quick --json"
        })
final class DoctorCommand extends Command {

    private static final List<Patient.Check> CHECKS = List.of(
            FileChecks::version,
            FileChecks::fileSystem,
            FileChecks::journalMode,
            FileChecks::synchronous,
            FileChecks::log,
            FileChecks::freePages,
            FileChecks::statistics,
            DataChecks::integrity,
            DataChecks::foreignKeys,
            SchemaChecks::indexes,
            SchemaChecks::declarations);

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path file = Path.of("");

    @Option(names = "--quick", description = "Do not compare indexes with their tables: large files take less time.")
    private boolean quick;

    DoctorCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        InputFile input = InputFile.of(file);
        List<Finding> findings;
        try (OpenDatabase open = OpenDatabase.forReading(input)) {
            Patient patient = new Patient(input, open, quick);
            findings = CHECKS.stream()
                    .flatMap(check -> check.findings(patient).stream())
                    .toList();
        }
        long matters = findings.stream().filter(Finding::matters).count();
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", input.real().toString());
            json.put("findings", findings.stream().map(Finding::json).toList());
            output.json(json);
        } else {
            print(input, findings, output);
            output.blank();
            output.say(
                    matters == 0 ? Style.GREEN : Style.YELLOW,
                    matters == 0 ? "Nothing to repair." : Output.count(matters, "finding") + ".");
        }
        return matters == 0 ? WELL : FINDING;
    }

    private static void print(InputFile input, List<Finding> findings, Output output) {
        output.say(Style.BOLD, input.real().toString());
        for (Finding finding : findings) {
            String level = Printable.pad(finding.level().word(), 8, false);
            String check = Printable.pad(finding.check(), 16, false);
            output.print("  " + output.paint(finding.level().style(), level) + check + Printable.of(finding.message()));
            String fix = finding.fix();
            if (fix != null) {
                output.print(
                        " ".repeat(10) + output.paint(Style.DIM, Printable.pad("fix", 16, false)) + Printable.of(fix));
            }
        }
    }
}
