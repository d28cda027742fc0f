package rillite.cli.schema;

import io.r2dbc.spi.ConnectionFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import rillite.cli.Terminal;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;

/** Notes migrations as applied. */
@CommandLine.Command(
        name = "baseline",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Notes migrations as applied and runs none, for a database that has their tables already.",
        footer = {
            "",
            "Only for a database without a history.",
            "",
            "Examples:",
            "  rillite baseline shop.db --to 0001",
            "  rillite baseline shop.db --to 0001 --dry-run"
        })
final class BaselineCommand extends HistoryCommand {

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NUMBER",
            description = "The last migration whose outcome the database has.")
    private String to = "";

    BaselineCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Mono<MigrationReport> verb(Migrations migrations, ConnectionFactory connections) {
        return migrations.baseline(connections, to);
    }

    @Override
    String nothing() {
        return "Nothing to note: there is no migration up to " + to + ".";
    }
}
