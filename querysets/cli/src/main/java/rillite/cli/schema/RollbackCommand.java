package rillite.cli.schema;

import io.r2dbc.spi.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;
import rillite.cli.Refusal;
import rillite.cli.Terminal;
import rillite.querysets.migrate.MigrationReport;
import rillite.querysets.migrate.Migrations;

/** Undoes migrations. */
@CommandLine.Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Undoes the last migrations by their ways down, the last one first.",
        footer = {
            "",
            "All that is to be undone is checked to have a way down before anything is. What a way down drops is gone"
                    + " with its data.",
            "",
            "Examples:",
            "  rillite rollback shop.db",
            "  rillite rollback shop.db --steps 2 --dry-run",
            "  rillite rollback shop.db --to 0001           everything behind 0001; --to 0 for everything"
        })
final class RollbackCommand extends HistoryCommand {

    /** How far. */
    private static final class Extent {

        @Option(names = "--steps", paramLabel = "N", description = "How many migrations to undo; 1 if not given.")
        private @Nullable Integer steps;

        @Option(
                names = "--to",
                paramLabel = "NUMBER",
                description = "Undo everything behind this migration, which stays; 0 for everything.")
        private @Nullable String to;
    }

    @ArgGroup(exclusive = true)
    private Extent extent = new Extent();

    RollbackCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Mono<MigrationReport> verb(Migrations migrations, ConnectionFactory connections) {
        if (extent.to != null) {
            return migrations.rollbackTo(connections, extent.to);
        }
        int steps = extent.steps == null ? 1 : extent.steps;
        if (steps < 1) {
            throw new Refusal("--steps must be at least 1, and is " + steps + ".");
        }
        return migrations.rollback(connections, steps);
    }

    @Override
    String nothing() {
        return "Nothing to undo: no migration" + (extent.to == null ? "" : " behind " + extent.to) + " is applied.";
    }
}
