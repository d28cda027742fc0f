package rillite.cli.schema;

import io.r2dbc.spi.ConnectionFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import rillite.cli.Terminal;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;

/** Undoes the last migration and applies it again. */
@CommandLine.Command(
        name = "redo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Undoes the last migration and applies it again, for while it is written.",
        footer = {"", "Examples:", "  rillite redo shop.db", "  rillite redo shop.db --dry-run"})
final class RedoCommand extends HistoryCommand {

    @Option(names = "--out-of-order", description = "Do so although an earlier migration is not applied.")
    private boolean outOfOrder;

    RedoCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Mono<MigrationReport> verb(Migrations migrations, ConnectionFactory connections) {
        return (outOfOrder ? migrations.allowOutOfOrder() : migrations).redo(connections);
    }

    @Override
    String nothing() {
        return "Nothing to do again: no migration is applied.";
    }
}
