package rillite.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what {@code --help} tells, for those who ask with a word. */
@CommandLine.Command(
        name = "help",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells what commands there are, or what one of them takes.",
        footer = {"", "Examples:", "  rillite help", "  rillite help inspect"})
final class HelpCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "COMMAND",
            description = "The command to tell about; all of them if not given.")
    private @Nullable String name;

    @Override
    public void run() {
        CommandLine all = spec.commandLine().getParent();
        CommandLine asked = name == null ? all : all.getSubcommands().get(name);
        if (asked == null) {
            throw new UnmatchedArgumentException(all, List.of(String.valueOf(name)));
        }
        asked.usage(all.getOut());
    }
}
