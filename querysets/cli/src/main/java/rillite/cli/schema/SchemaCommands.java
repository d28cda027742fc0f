package rillite.cli.schema;

import java.util.List;
import rillite.cli.Command;
import rillite.cli.Terminal;

/** The commands of this package. */
public final class SchemaCommands {

    private SchemaCommands() {}

    public static List<Command> of(Terminal terminal) {
        return List.of(
                new GenerateCommand(terminal),
                new StatusCommand(terminal),
                new MigrateCommand(terminal),
                new RollbackCommand(terminal),
                new RedoCommand(terminal),
                new MakeCommand(terminal),
                new SqlCommand(terminal),
                new BaselineCommand(terminal),
                new RepairCommand(terminal));
    }
}
