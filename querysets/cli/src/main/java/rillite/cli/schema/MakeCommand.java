package rillite.cli.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rillite.cli.Command;
import rillite.cli.Failure;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.querysets.migrate.MigrationStatus;
import rillite.querysets.migrate.Migrations;
import rillite.querysets.migrate.make.DraftRefusedException;
import rillite.querysets.migrate.make.DraftWarning;
import rillite.querysets.migrate.make.Make;
import rillite.querysets.migrate.make.MigrationDraft;
import rillite.querysets.migrate.make.MigrationFiles;
import rillite.querysets.migrate.make.RenameQuestion;
import rillite.querysets.migrate.make.RenameUndecidedException;
import rillite.querysets.migrate.make.SchemaChange;

/** Writes the next migration. */
@CommandLine.Command(
        name = "make",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes the migration that leads from the migrations so far to a desired schema, and back.",
        footer = {
            "",
            "Both ways are tried out in memory before they are written. Renames are asked for on a terminal; elsewhere an"
                    + " undecided one ends with exit code 1. Data is lost only with --allow-data-loss.",
            "",
            "Examples:",
            "  rillite make --name add_isbn",
            "  rillite make --name titles --desired db/schema.sql --folder db/migrations --rename book.name=title",
            "  rillite make --database shop.db --dry-run",
            "  rillite make --check                         exit code 1 where migrations and schema differ"
        })
final class MakeCommand extends Command {

    @Option(
            names = "--desired",
            paramLabel = "FILE",
            defaultValue = "schema.sql",
            description = "What the schema should be, as CREATE statements; ${DEFAULT-VALUE} if not given.")
    private Path desired = Path.of("schema.sql");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the migration is called: lower case letters, digits and _.")
    private @Nullable String name;

    @Option(
            names = "--database",
            paramLabel = "DATABASE",
            description = "Compare with this file instead of with the migrations; it is only read.")
    private @Nullable Path database;

    @Mixin
    private DraftChoices choices = new DraftChoices();

    @Mixin
    private MigrationChoice migrations = new MigrationChoice();

    @Option(names = "--dry-run", description = "Print both ways, and write no file.", order = 60)
    private boolean dryRun;

    @Option(
            names = "--check",
            description = "Write nothing, and end with exit code 1 where there is a difference.",
            order = 61)
    private boolean check;

    MakeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        if (name == null && !dryRun && !check) {
            throw new Refusal("--name is missing: what does the migration do? For example --name add_isbn.");
        }
        InputFile.requireReadable(desired);
        MigrationDraft draft = draft(output);
        MigrationFiles files = name == null || dryRun || check || draft.isEmpty() ? null : written(draft, name);
        if (output.isJson()) {
            output.json(json(draft, files));
        } else {
            print(draft, files, output);
        }
        return check && !draft.isEmpty() ? FINDING : WELL;
    }

    private MigrationDraft draft(Output output) {
        try {
            return Wording.of(() -> database == null ? fromMigrations(output) : fromDatabase(output));
        } catch (Failure e) {
            if (output.isJson() && e.getCause() instanceof DraftRefusedException refused) {
                output.json(json(e, refused));
            }
            throw e;
        }
    }

    /** Before the first migration is written there need not be a folder. */
    private MigrationDraft fromMigrations(Output output) {
        Migrations present = Files.notExists(migrations.folder())
                ? migrations.of(Migrations.ofFiles(Map.of()))
                : migrations.migrations();
        return draft(Make.of(present), output);
    }

    private MigrationDraft fromDatabase(Output output) {
        Path file = Objects.requireNonNull(database);
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(file))) {
            if (Files.exists(migrations.folder())) {
                requireUpToDate(
                        file,
                        Objects.requireNonNull(migrations
                                .migrations()
                                .status(open.connections())
                                .block()));
            }
            return draft(Make.of(open.connections()), output);
        }
    }

    /** What is pending would be written once more. */
    private static void requireUpToDate(Path file, MigrationStatus status) {
        if (!status.isUpToDate()) {
            throw new Failure(
                    "\"" + file + "\" does not have exactly the migrations of the folder: run rillite migrate "
                            + Wording.shell(file.toString())
                            + " first, or leave --database out to compare with the migrations themselves.");
        }
    }

    private MigrationDraft draft(Make make, Output output) {
        return new RenameQuestions(terminal(), !output.isJson()).draft(choices.on(make.desired(desired)));
    }

    private MigrationFiles written(MigrationDraft draft, String called) {
        try {
            return Wording.of(() -> Objects.requireNonNull(
                    draft.writeTo(migrations.folder(), called).block()));
        } catch (IllegalArgumentException e) {
            throw new Refusal("--name: " + e.getMessage() + ".", e);
        }
    }

    private void print(MigrationDraft draft, @Nullable MigrationFiles files, Output output) {
        if (draft.isEmpty()) {
            output.say(Style.GREEN, "Nothing to write: the schema is as desired.");
            return;
        }
        if (dryRun) {
            SqlText.print(draft.upSql().stripTrailing() + "\n-- down\n" + draft.downSql(), terminal());
            draft.warnings().forEach(warning -> output.note("warning: " + warning));
            return;
        }
        draft.changes().forEach(change -> output.say("  " + change.summary()));
        draft.warnings().forEach(warning -> output.print(output.paint(Style.YELLOW, "warning: " + warning)));
        if (files == null) {
            output.say(Style.YELLOW, Output.count(draft.changes().size(), "change") + " to write.");
        } else {
            output.say(Style.GREEN, files.up().toString());
            output.say(Style.GREEN, files.down().toString());
        }
    }

    private static Map<String, @Nullable Object> json(MigrationDraft draft, @Nullable MigrationFiles files) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("changes", draft.changes().stream().map(SchemaChange::summary).toList());
        json.put("warnings", draft.warnings().stream().map(MakeCommand::json).toList());
        json.put("needsRebuild", draft.needsRebuild());
        json.put("upSql", draft.upSql());
        json.put("downSql", draft.downSql());
        json.put(
                "files",
                files == null
                        ? List.of()
                        : List.of(files.up().toString(), files.down().toString()));
        return json;
    }

    private static Map<String, @Nullable Object> json(Failure error, DraftRefusedException refused) {
        List<RenameQuestion> questions =
                refused instanceof RenameUndecidedException undecided ? undecided.questions() : List.of();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("error", error.getMessage());
        json.put("subjects", refused.subjects());
        json.put("questions", questions.stream().map(MakeCommand::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(RenameQuestion question) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("from", question.from());
        json.put("candidates", question.candidates());
        return json;
    }

    private static Map<String, @Nullable Object> json(DraftWarning warning) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", HistoryCommand.word(warning.kind()));
        json.put("onRollback", warning.onRollback());
        json.put("subject", warning.subject());
        json.put("text", warning.text());
        json.put("findSql", warning.findSql());
        json.put("rows", warning.rows() < 0 ? null : warning.rows());
        return json;
    }
}
