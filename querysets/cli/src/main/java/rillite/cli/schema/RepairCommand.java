package rillite.cli.schema;

import io.r2dbc.spi.ConnectionFactory;
import picocli.CommandLine;
import reactor.core.publisher.Mono;
import rillite.cli.Terminal;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;

/** Makes the history say what the files say. */
@CommandLine.Command(
        name = "repair",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes the history say what the files say: accepts changed files, forgets those that are gone.",
        footer = {
            "",
            "Tables stay as they are.",
            "",
            "Examples:",
            "  rillite repair shop.db --dry-run",
            "  rillite repair shop.db"
        })
final class RepairCommand extends HistoryCommand {

    RepairCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Mono<MigrationReport> verb(Migrations migrations, ConnectionFactory connections) {
        return migrations.repair(connections);
    }

    @Override
    String nothing() {
        return "Nothing to repair: the history says what the files say.";
    }
}
