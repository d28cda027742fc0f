package rillite.cli.schema;

import java.util.Locale;
import rillite.cli.Output;
import rillite.cli.Terminal;
import rillite.querysets.migrate.MigrationProgress;
import rillite.querysets.migrate.MigrationReport.Action;

/** Tells how far migrations are: a line when one begins and when one is done; between them one that moves on a terminal. */
final class ProgressLines {

    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;
    private final Output output;

    ProgressLines(Terminal terminal, Output output) {
        this.terminal = terminal;
        this.output = output;
    }

    void tell(MigrationProgress now) {
        boolean moving = terminal.watched() && !output.isJson();
        String name = now.version() + "_" + now.name();
        if (now.committed()) {
            terminal.err().print(moving ? ERASE : "");
            terminal.err().flush();
            if (!output.isJson()) {
                done(now.action(), name);
            }
        } else if (moving) {
            terminal.err()
                    .print(ERASE + place(now, name) + ", statement " + now.statement() + " of " + now.statements());
            terminal.err().flush();
        } else if (now.statement() == 0) {
            output.note(place(now, name) + ", " + Output.count(now.statements(), "statement"));
        }
    }

    private static String place(MigrationProgress now, String name) {
        return name + " (" + now.migration() + " of " + now.migrations() + ")";
    }

    /** The line that says what is done for good. */
    void done(Action action, String name) {
        output.say("  " + String.format(Locale.ROOT, "%-12s", past(action)) + name);
        terminal.out().flush();
    }

    /** Ends the line that moves, so that an error begins one of its own. */
    void end() {
        if (terminal.watched() && !output.isJson()) {
            terminal.err().print(ERASE);
            terminal.err().flush();
        }
    }

    private static String past(Action action) {
        return switch (action) {
            case APPLY -> "applied";
            case ROLL_BACK -> "rolled back";
            case BASELINE -> "noted";
            case ACCEPT -> "accepted";
            case FORGET -> "forgotten";
        };
    }
}
