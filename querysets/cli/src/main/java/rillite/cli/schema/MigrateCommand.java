package rillite.cli.schema;

import io.r2dbc.spi.ConnectionFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import rillite.cli.OpenDatabase;
import rillite.cli.Terminal;
import rillite.querysets.SqlFunctions;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/** Applies what is missing. */
@CommandLine.Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Applies the migrations that a database does not have; creates the file if it is missing.",
        footer = {
            "",
            "Each migration is one transaction. Where files and history do not fit together nothing is changed, and the"
                    + " exit code is 1.",
            "",
            "Examples:",
            "  rillite migrate shop.db",
            "  rillite migrate shop.db --to 0002 --dry-run",
            "  rillite migrate shop.db --folder src/main/resources/migrations --environment dev --placeholder owner=Ada"
        })
final class MigrateCommand extends HistoryCommand {

    @Option(names = "--to", paramLabel = "NUMBER", description = "Apply up to this migration and not beyond.")
    private @Nullable String to;

    @Option(
            names = "--out-of-order",
            description = "Apply a migration although a later one is applied already, as after merging a branch.")
    private boolean outOfOrder;

    MigrateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Mono<MigrationReport> verb(Migrations migrations, ConnectionFactory connections) {
        Migrations all = outOfOrder ? migrations.allowOutOfOrder() : migrations;
        return to == null ? all.migrate(connections) : all.migrate(connections, to);
    }

    @Override
    boolean needsFiles() {
        return true;
    }

    @Override
    String nothing() {
        return to == null
                ? "Nothing to do: every migration is applied."
                : "Nothing to do: everything up to " + to + " is applied.";
    }

    /** A file that is missing is created, but not by a call that is refused. */
    @Override
    OpenDatabase open(Migrations migrations, Path database) {
        if (!Files.notExists(database)) {
            return super.open(migrations, database);
        }
        plan(migrations.dryRun(), database);
        return OpenDatabase.create(database);
    }

    @Override
    MigrationReport plan(Migrations planning, Path database) {
        if (!Files.notExists(database)) {
            return super.plan(planning, database);
        }
        SqliteConnectionFactory empty = SqliteConnectionFactory.from(
                SqlFunctions.addTo(SqliteConnectionConfiguration.builder().memory())
                        .build());
        try {
            return reported(verb(planning, empty));
        } finally {
            Mono.from(empty.close()).block();
        }
    }
}
