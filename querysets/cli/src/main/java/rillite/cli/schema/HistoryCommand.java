package rillite.cli.schema;

import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;
import rillite.cli.Command;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.querysets.migrate.Migration;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.Migrations;

/** A command that changes what a database has of its migrations. */
abstract class HistoryCommand extends Command {

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file.")
    private Path file = Path.of("");

    @Mixin
    private MigrationChoice choice = new MigrationChoice();

    @Option(names = "--dry-run", description = "Print the SQL that would be run, and change nothing.", order = 60)
    private boolean dryRun;

    HistoryCommand(Terminal terminal) {
        super(terminal);
    }

    /** What the command does with the migrations. */
    abstract Mono<MigrationReport> verb(Migrations migrations, ConnectionFactory connections);

    /** Whether a folder without any migration is a mistake. */
    boolean needsFiles() {
        return false;
    }

    /** The sentence where there was nothing to do. */
    abstract String nothing();

    /** The database, opened for this command. */
    OpenDatabase open(Migrations migrations, Path database) {
        return OpenDatabase.forWriting(InputFile.of(database));
    }

    /** What would be done with a database that is not touched. */
    MigrationReport plan(Migrations planning, Path database) {
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(database))) {
            return reported(verb(planning, open.connections()));
        }
    }

    static MigrationReport reported(Mono<MigrationReport> verb) {
        return Objects.requireNonNull(verb.block());
    }

    @Override
    protected final int run(Output output) {
        return Wording.of(() -> {
            Migrations migrations = choice.migrations();
            List<Migration> files = Objects.requireNonNull(migrations.files().block());
            if (files.isEmpty() && needsFiles()) {
                throw new Refusal("There is no migration in \"" + choice.folder()
                        + "\". A file of one is called 0001_name.sql; rillite make writes the next one.");
            }
            return dryRun ? plan(migrations, output) : change(migrations, output);
        });
    }

    private int plan(Migrations migrations, Output output) {
        MigrationReport report = plan(migrations.dryRun(), file);
        if (output.isJson()) {
            output.json(json(report, file.toAbsolutePath()));
        } else if (report.steps().isEmpty()) {
            output.say(nothing());
        } else {
            SqlText.print(report.toSql(), terminal());
        }
        return WELL;
    }

    private int change(Migrations migrations, Output output) {
        try (OpenDatabase open = open(migrations, file)) {
            if (!output.isJson()) {
                output.say(Style.BOLD, open.path().toString());
            }
            MigrationReport report = change(migrations, open.connections(), output);
            if (output.isJson()) {
                output.json(json(report, open.path()));
            } else if (report.steps().isEmpty()) {
                output.say(nothing());
            }
        }
        return WELL;
    }

    private MigrationReport change(Migrations migrations, ConnectionFactory connections, Output output) {
        AtomicReference<@Nullable MigrationReport> report = new AtomicReference<>();
        ProgressLines lines = new ProgressLines(terminal(), output);
        try {
            migrations
                    .progress(telling -> verb(telling, connections).doOnNext(report::set))
                    .doOnNext(lines::tell)
                    .blockLast();
        } catch (RuntimeException e) {
            lines.end();
            throw e;
        }
        MigrationReport done = Objects.requireNonNull(report.get());
        if (!output.isJson()) {
            done.steps().stream()
                    .filter(step -> step.action() != Action.APPLY && step.action() != Action.ROLL_BACK)
                    .forEach(step -> lines.done(step.action(), step.toString()));
        }
        return done;
    }

    private static Map<String, Object> json(MigrationReport report, Path file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file.toString());
        json.put("set", report.set());
        json.put("dryRun", report.dryRun());
        json.put("steps", report.steps().stream().map(HistoryCommand::json).toList());
        return json;
    }

    private static Map<String, Object> json(MigrationReport.Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", step.version());
        json.put("name", step.name());
        json.put("action", word(step.action()));
        json.put("mode", word(step.mode()));
        json.put("milliseconds", step.duration().toMillis());
        json.put("statements", step.statements());
        return json;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
