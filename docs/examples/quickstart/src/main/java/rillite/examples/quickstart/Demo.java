package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import reactor.netty.DisposableServer;
import rillite.examples.quickstart.Explorer.TableInfo;

/** The program behind {@code ./demo}: see {@link Arguments#HELP}. */
public final class Demo {

    private static final List<Step> STEPS =
            List.of(new StreamStep(), new SlowStep(), new WriterStep(), new ImportStep(), new TypoStep());

    private final Screen screen;
    private final boolean terminal;

    Demo(Screen screen, boolean terminal) {
        this.screen = screen;
        this.terminal = terminal;
    }

    public static void main(String[] args) {
        System.exit(run(System.out, System.err, args));
    }

    /** Returns the exit code. */
    static int run(PrintStream out, PrintStream err, String... args) {
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.help()) {
                out.print(Arguments.HELP);
            } else {
                new Demo(new Screen(out), Terminal.isWatched()).show(arguments);
            }
            return 0;
        } catch (Refusal e) {
            err.println(e.getMessage());
            return 2;
        } catch (RuntimeException e) {
            err.println("The demo failed: " + e.getClass().getSimpleName() + ": " + e.getMessage());
            return 1;
        }
    }

    private void show(Arguments arguments) {
        try (Scratch scratch = Scratch.create()) {
            Path file = arguments.file().isPresent()
                    ? InputFile.check(arguments.file().get())
                    : sample(scratch);
            if (arguments.file().isPresent()) {
                screen.say("Your file %s, opened read-only: nothing is written to it.", file);
            }
            ConnectionFactory factory = Sql.open(file, "mode=ro");
            try {
                explore(arguments, file, factory, scratch);
            } finally {
                Sql.close(factory).block();
            }
        }
    }

    private Path sample(Scratch scratch) {
        screen.say("Making a sample bookshop in %s", scratch.folder());
        Path file = scratch.file("bookshop.db");
        long start = System.nanoTime();
        long rows = requireNonNull(Bookshop.create(file, Bookshop.SEED).block());
        screen.say(
                "%,d rows in %,d ms, the same in every run (seed %d).",
                rows, (System.nanoTime() - start) / 1_000_000, Bookshop.SEED);
        return file;
    }

    private void explore(Arguments arguments, Path file, ConnectionFactory factory, Scratch scratch) {
        long start = System.nanoTime();
        Explorer explorer = discover(file, factory);
        long millis = (System.nanoTime() - start) / 1_000_000;
        if (explorer.tables().isEmpty()) {
            throw new Refusal("\"" + file + "\" has no tables: there is nothing to show.");
        }
        Map<TableInfo, Long> counts = SchemaStep.count(explorer);
        TableInfo largest = counts.entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .orElseThrow()
                .getKey();
        if (arguments.serve()) {
            serve(explorer, largest);
            return;
        }
        SchemaStep.print(screen, counts, millis);
        Tour tour = new Tour(screen, factory, explorer, largest, scratch, terminal);
        for (Step step : STEPS) {
            screen.heading(step.title());
            step.run(tour);
        }
        screen.say("");
        screen.say("Next: ./demo path/to/any.db, or ./demo --serve for NDJSON over HTTP.");
    }

    private static Explorer discover(Path file, ConnectionFactory factory) {
        try {
            return requireNonNull(SpiExplorer.over(factory).block());
        } catch (R2dbcException e) {
            throw new Refusal("\"" + file + "\" cannot be opened: " + e.getMessage(), e);
        }
    }

    private void serve(Explorer explorer, TableInfo largest) {
        DisposableServer server = Server.start(explorer);
        screen.say(
                "Serving %,d tables until Ctrl-C. In another terminal:",
                explorer.tables().size());
        screen.code("curl -N " + Server.url(server, largest.name()));
        screen.code("curl " + Server.url(server, ""));
        server.onDispose().block();
    }
}
