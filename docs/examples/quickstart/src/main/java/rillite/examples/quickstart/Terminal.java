package rillite.examples.quickstart;

import java.io.Console;

/** Whether a person is watching. */
final class Terminal {

    private Terminal() {}

    /** True when standard input and output are a terminal. */
    static boolean isWatched() {
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
}
