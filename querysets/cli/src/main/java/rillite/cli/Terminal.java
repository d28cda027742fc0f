package rillite.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and prints.
 *
 * @param in standard input
 * @param out what was asked for
 * @param err what goes wrong, and how far the work is
 * @param watched whether a person looks at it: progress bars only then
 * @param coloured whether colours are shown
 * @param width columns of the screen; without one there is no bound
 */
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, boolean watched, boolean coloured, int width) {

    private static final int DEFAULT_WIDTH = 100;
    private static final int NARROWEST = 40;

    /** The streams of this process. Colours are off without a screen and where {@code NO_COLOR} is set. */
    static Terminal system() {
        return system(System.getenv(), isWatched());
    }

    static Terminal system(Map<String, String> environment, boolean watched) {
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return new Terminal(
                System.in,
                new WatchedWriter(new FileOutputStream(FileDescriptor.out)),
                new WatchedWriter(new FileOutputStream(FileDescriptor.err)),
                watched,
                watched && !plain,
                watched ? width(environment.getOrDefault("COLUMNS", "")) : Integer.MAX_VALUE);
    }

    private static int width(String columns) {
        return columns.matches("[0-9]{1,4}") ? Math.max(NARROWEST, Integer.parseInt(columns)) : DEFAULT_WIDTH;
    }

    private static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            // before Java 22 a console exists only on a terminal
            return true;
        }
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /** Why something that was printed is lost; null when all of it was taken, or nobody reads any more. */
    @Nullable IOException loss() {
        return out instanceof WatchedWriter watchedOut ? watchedOut.loss() : null;
    }
}
