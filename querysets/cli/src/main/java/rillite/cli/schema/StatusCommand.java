package rillite.cli.schema;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.cli.TextTable;
import rillite.querysets.migrate.AppliedMigration;
import rillite.querysets.migrate.MigrationStatus;
import rillite.querysets.migrate.MigrationStatus.Entry;

/** Lays files and history side by side. */
@CommandLine.Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows which migrations a database has, which are pending, and what does not fit together.",
        footer = {
            "",
            "Exit code 1 where files and history do not fit together.",
            "",
            "Examples:",
            "  rillite status shop.db",
            "  rillite status shop.db --check               exit code 1 also where a migration is pending",
            "  rillite status shop.db --folder db/migrations --json"
        })
final class StatusCommand extends Command {

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path file = Path.of("");

    @Mixin
    private MigrationChoice choice = new MigrationChoice();

    @Option(names = "--check", description = "End with exit code 1 also where a migration is pending.")
    private boolean check;

    StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        InputFile input = InputFile.of(file);
        MigrationStatus status = Wording.of(() -> status(input));
        List<Entry> conflicts = status.conflicts();
        if (output.isJson()) {
            output.json(json(input, status));
        } else {
            print(status, conflicts, output);
        }
        return conflicts.isEmpty() && (!check || status.isUpToDate()) ? WELL : FINDING;
    }

    private MigrationStatus status(InputFile input) {
        choice.migrations().files().block();
        try (OpenDatabase open = OpenDatabase.forReading(input)) {
            return Objects.requireNonNull(
                    choice.migrations().status(open.connections()).block());
        }
    }

    private static void print(MigrationStatus status, List<Entry> conflicts, Output output) {
        if (status.entries().isEmpty()) {
            output.say("There is no migration in the folder, and none in the database.");
            return;
        }
        TextTable table = new TextTable(List.of("MIGRATION", "STATE", "APPLIED"));
        status.entries().forEach(entry -> table.row(entry, state(entry), applied(entry.applied())));
        output.table(table, "");
        for (Entry conflict : conflicts) {
            output.blank();
            output.say(conflict + ": " + Wording.of(conflict.note()));
            Differences.of(conflict).forEach(line -> output.say("  " + line));
        }
        output.blank();
        long applied = status.applied().size();
        long pending = status.pending().size();
        output.say(
                conflicts.isEmpty() ? Style.GREEN : Style.YELLOW,
                applied + " applied, " + pending + " pending"
                        + (conflicts.isEmpty() ? "." : ", " + Output.count(conflicts.size(), "conflict") + "."));
    }

    private static String state(Entry entry) {
        return HistoryCommand.word(entry.state()).replace('_', ' ');
    }

    private static String applied(@Nullable AppliedMigration row) {
        return row == null
                ? ""
                : row.appliedAt().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Map<String, Object> json(InputFile input, MigrationStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", input.real().toString());
        json.put("set", status.set());
        json.put("upToDate", status.isUpToDate());
        json.put(
                "migrations", status.entries().stream().map(StatusCommand::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Entry entry) {
        AppliedMigration row = entry.applied();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("version", entry.version());
        json.put("name", entry.name());
        json.put("state", HistoryCommand.word(entry.state()));
        json.put("reversible", entry.migration() != null && entry.migration().isReversible());
        json.put("appliedAt", row == null ? null : row.appliedAt().toString());
        json.put("note", Wording.of(entry.note()));
        json.put("difference", Differences.of(entry));
        return json;
    }
}
