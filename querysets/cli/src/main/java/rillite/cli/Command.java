package rillite.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** What all commands have in common. */
public abstract class Command implements Callable<Integer> {

    /** Exit codes of every command. */
    public static final int WELL = 0;

    public static final int FINDING = 1;
    public static final int WRONG_CALL = 2;

    private final Terminal terminal;

    @Option(names = "--json", description = "Print JSON, for programs.", order = 100)
    private boolean json;

    @Option(names = "--debug", description = "On an error, print where in the program it arose.", order = 101)
    private boolean debug;

    protected Command(Terminal terminal) {
        this.terminal = terminal;
    }

    protected final Terminal terminal() {
        return terminal;
    }

    final boolean isDebug() {
        return debug;
    }

    protected final boolean isJson() {
        return json;
    }

    @Override
    public final Integer call() {
        return run(new Output(terminal, json));
    }

    /** Does the work and gives the exit code. */
    protected abstract int run(Output output);
}
