package rillite.cli.bench;

import java.util.List;
import rillite.cli.Command;
import rillite.cli.Terminal;

/** The commands of this package. */
public final class BenchCommands {

    private BenchCommands() {}

    public static List<Command> of(Terminal terminal) {
        return List.of(new BenchCommand(terminal));
    }
}
