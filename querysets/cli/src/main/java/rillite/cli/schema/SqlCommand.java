package rillite.cli.schema;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Terminal;
import rillite.querysets.migrate.Migration;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.MigrationScript;

/** Prints what a migration runs. */
@CommandLine.Command(
        name = "sql",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the SQL of a migration as it is run, with its transaction; asks no database.",
        footer = {
            "",
            "Examples:",
            "  rillite sql 3",
            "  rillite sql 0003 --down --folder db/migrations",
            "  rillite sql 3 --placeholder owner=Ada > 3.sql"
        })
final class SqlCommand extends Command {

    @Parameters(index = "0", paramLabel = "NUMBER", description = "The migration, with leading zeros or without.")
    private String number = "";

    @Option(names = "--down", description = "Print the way down instead of the way up.")
    private boolean down;

    @Mixin
    private MigrationChoice choice = new MigrationChoice();

    SqlCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        List<Migration> all = Wording.of(
                () -> Objects.requireNonNull(choice.migrations().files().block()));
        Migration migration = chosen(all);
        MigrationScript script = down ? migration.down() : migration.up();
        if (script == null) {
            throw new Refusal("The migration " + migration + " has no way down: there is no " + migration
                    + ".down.sql, and no line \"-- down\" in its file.");
        }
        List<String> statements =
                script.statements().stream().map(MigrationScript.Statement::sql).toList();
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("version", migration.version());
            json.put("name", migration.name());
            json.put("way", down ? "down" : "up");
            json.put("mode", HistoryCommand.word(script.mode()));
            json.put("statements", statements);
            output.json(json);
        } else {
            MigrationReport.Step step = new MigrationReport.Step(
                    migration.version(),
                    migration.name(),
                    down ? Action.ROLL_BACK : Action.APPLY,
                    script.mode(),
                    statements,
                    Duration.ZERO);
            SqlText.print(new MigrationReport("", true, List.of(step)).toSql(), terminal());
        }
        return WELL;
    }

    private Migration chosen(List<Migration> all) {
        if (!number.matches("[0-9]{1,14}")) {
            throw new Refusal("\"" + number + "\" is no number of a migration: give its digits, as in rillite sql 3.");
        }
        long wanted = Long.parseLong(number);
        return all.stream()
                .filter(migration -> migration.number() == wanted)
                .findFirst()
                .orElseThrow(() -> new Refusal("There is no migration " + number + " in \"" + choice.folder() + "\""
                        + (all.isEmpty()
                                ? ", which holds none."
                                : ". They go from " + all.get(0) + " to " + all.get(all.size() - 1) + ".")));
    }
}
