package rillite.cli.shell;

import java.util.List;
import rillite.cli.Command;
import rillite.cli.Terminal;

/** The commands of this package. */
public final class ShellCommands {

    private ShellCommands() {}

    public static List<Command> of(Terminal terminal) {
        return List.of(new ShellCommand(terminal));
    }
}
