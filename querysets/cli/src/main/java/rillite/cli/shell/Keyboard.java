package rillite.cli.shell;

import java.nio.file.Path;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Entries that a person types: with history, completion and colours. */
final class Keyboard implements Input {

    private final Terminal terminal;
    private final LineReader reader;
    private final String prompt;

    /**
     * @param prompt what stands before an entry
     * @param history the file that keeps what was typed, null for none
     */
    Keyboard(Terminal terminal, String prompt, Completer completer, boolean coloured, @Nullable Path history) {
        this.terminal = terminal;
        this.prompt = prompt;
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("rillite")
                .parser(new EntryParser())
                .completer(completer)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P   ...> ")
                .variable(LineReader.INDENTATION, 0)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, true);
        if (coloured) {
            builder.highlighter(new SqlHighlighter());
        } else {
            builder.option(LineReader.Option.DISABLE_HIGHLIGHTER, true);
        }
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history).variable(LineReader.HISTORY_FILE_SIZE, 2000);
        } else {
            builder.variable(LineReader.DISABLE_HISTORY, true);
        }
        reader = builder.build();
    }

    @Override
    public @Nullable String next() {
        while (true) {
            try {
                return reader.readLine(prompt);
            } catch (UserInterruptException e) {
                // Ctrl-C takes back what was typed
            } catch (EndOfFileException e) {
                return null;
            }
        }
    }

    @Override
    public int line() {
        return 0;
    }

    @Override
    public boolean isWatched() {
        return true;
    }

    @Override
    public void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, signal -> action.run());
    }
}
