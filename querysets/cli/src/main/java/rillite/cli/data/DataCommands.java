package rillite.cli.data;

import java.util.List;
import rillite.cli.Command;
import rillite.cli.Terminal;

/** The commands of this package. */
public final class DataCommands {

    private DataCommands() {}

    public static List<Command> of(Terminal terminal) {
        return List.of(
                new QueryCommand(terminal),
                new ExplainCommand(terminal),
                new ImportCommand(terminal),
                new ExportCommand(terminal),
                new BackupCommand(terminal));
    }
}
