package rillite.cli.shell;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.Failure;
import rillite.cli.InputFile;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Terminal;

/** Runs statements as they are typed, or as they come through a pipe. */
@CommandLine.Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs SQL and QuerySets as they are typed, or as they come through a pipe.",
        footer = {
            "",
            "A statement runs at its semicolon; .help lists the commands that begin with a dot. Ctrl-C stops what runs.",
            "Through a pipe the first error ends it, with its line and exit code 1; what ran before stays.",
            "",
            "Examples:",
            "  rillite shell shop.db",
            "  rillite shell shop.db --write < changes.sql",
            "  echo 'SELECT title FROM book;' | rillite shell shop.db --json"
        })
final class ShellCommand extends Command {

    @Parameters(
            index = "0",
            paramLabel = "DATABASE",
            description = "The file; it is only read unless there is --write.")
    private Path file = Path.of("");

    @Option(names = "--write", description = "Let statements change the file.")
    private boolean write;

    @Option(names = "--no-history", description = "Keep nothing of what is typed.")
    private boolean noHistory;

    ShellCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        InputFile input = InputFile.of(file);
        if (write) {
            output.note("Writing to " + input.real());
        }
        try (OpenDatabase open = write ? OpenDatabase.forWriting(input) : OpenDatabase.forReading(input);
                Runner runner = new Runner(open)) {
            if (terminal().watched()) {
                talk(open, runner, output, input);
            } else {
                new Shell(open, runner, new ScriptInput(terminal().in()), output).run();
            }
            return WELL;
        }
    }

    private void talk(OpenDatabase open, Runner runner, Output output, InputFile input) {
        output.say(input.path() + (write ? "" : ", only read (--write lets you change it)") + "; .help for help");
        output.flush();
        Path history = noHistory ? null : history();
        try (org.jline.terminal.Terminal screen = screen()) {
            Completion completion = new Completion(open.database()::schema);
            Keyboard keyboard =
                    new Keyboard(screen, "rillite> ", completion, terminal().coloured(), history);
            new Shell(open, runner, keyboard, output).run();
        } catch (IOException e) {
            throw new Failure("The terminal cannot be used: " + e.getMessage() + ".", e);
        } finally {
            if (history != null) {
                // the editor may have put a new file in its place
                history();
            }
        }
    }

    private static @Nullable Path history() {
        return History.file(System.getenv(), System.getProperty("user.home"));
    }

    private static org.jline.terminal.Terminal screen() throws IOException {
        return TerminalBuilder.builder().system(true).dumb(true).build();
    }
}
