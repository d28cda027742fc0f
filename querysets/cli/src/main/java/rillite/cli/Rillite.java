package rillite.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import rillite.cli.bench.BenchCommands;
import rillite.cli.data.DataCommands;
import rillite.cli.schema.SchemaCommands;
import rillite.cli.shell.ShellCommands;

/** The command without a name of its own: tells what there is. */
@CommandLine.Command(
        name = "rillite",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "A workbench for SQLite files, with a command for each task.",
        footer = {
            "",
            "Exit codes: 0 well; 1 a finding, or a failure while running; 2 a wrong call, or an input that cannot be"
                    + " opened.",
            "Colours are off where NO_COLOR is set. Commands that only read open the file read-only.",
            "",
            "Examples:",
            "  rillite inspect shop.db",
            "  rillite doctor shop.db",
            "  rillite query shop.db 'book.filter(pages__gt=300).orderBy(-title)'",
            "  rillite migrate shop.db --folder migrations",
            "  rillite inspect --help"
        })
final class Rillite implements Runnable {

    private static final int HELP_WIDTH = 100;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Rillite() {}

    /** Runs a command and gives its exit code; never ends the process. */
    static int run(Terminal terminal, String... arguments) {
        return run(terminal, Path.of(""), arguments);
    }

    /** As if it were called from that folder: paths that are not absolute begin there. */
    static int run(Terminal terminal, Path folder, String... arguments) {
        try {
            int code = commandLine(terminal)
                    .registerConverter(Path.class, folder::resolve)
                    .execute(arguments);
            return printed(terminal, code);
        } finally {
            terminal.flush();
        }
    }

    /** What was asked for has to arrive: a full disk behind standard output is a failure. */
    private static int printed(Terminal terminal, int code) {
        terminal.out().flush();
        IOException loss = terminal.loss();
        if (loss == null) {
            return code;
        }
        terminal.err().println("Standard output cannot be written, and part of it is lost: " + loss.getMessage() + ".");
        return code == Command.WELL ? Command.FINDING : code;
    }

    static CommandLine commandLine(Terminal terminal) {
        CommandLine all = new CommandLine(new Rillite());
        commands(terminal).forEach(all::addSubcommand);
        all.addSubcommand(new HelpCommand());
        Errors errors = new Errors(terminal);
        return all.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.coloured() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(terminal.watched() ? Math.min(Math.max(terminal.width(), 80), 120) : HELP_WIDTH)
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static List<Command> commands(Terminal terminal) {
        List<Command> commands = new ArrayList<>(List.of(new InspectCommand(terminal), new DoctorCommand(terminal)));
        commands.addAll(DataCommands.of(terminal));
        commands.addAll(SchemaCommands.of(terminal));
        commands.addAll(ShellCommands.of(terminal));
        commands.addAll(BenchCommands.of(terminal));
        return commands;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing: rillite inspect shop.db, for example.");
    }
}
