package rillite.examples.quickstart;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Timed;
import reactor.netty.DisposableServer;
import rillite.querysets.Database;
import rillite.querysets.schema.Table;

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
            } else if (arguments.make().isPresent()) {
                make(new Screen(out), arguments.make().get());
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

    private static void make(Screen screen, Path file) {
        if (Files.exists(file)) {
            throw new Refusal("\"" + file + "\" is there already: name a file that is not, or delete it first.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Refusal("The folder of \"" + file + "\" is not there or cannot be written: make it first.");
        }
        long rows;
        try {
            rows = requireNonNull(Bookshop.create(file, Bookshop.SEED).block());
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage() + ".", e);
        }
        screen.say("Made %s with %s, the same in every run.", file, Screen.count(rows, "row"));
    }

    private void show(Arguments arguments) {
        long start = System.nanoTime();
        try (Scratch scratch = Scratch.create()) {
            Path file = arguments.file().isPresent()
                    ? InputFile.check(arguments.file().get())
                    : sample(scratch);
            List<Path> notThere = InputFile.missingWalFiles(file);
            ConnectionFactory factory = connections(file);
            try {
                Timed<Database> discovered = discover(file, factory);
                if (arguments.file().isPresent()) {
                    introduce();
                    opened(file, notThere.stream().filter(Files::exists).toList());
                }
                Map<Table, Long> counts = Tables.count(discovered.get());
                Table largest = Collections.max(counts.entrySet(), Map.Entry.comparingByValue())
                        .getKey();
                if (arguments.serve()) {
                    serve(discovered.get(), largest);
                    return;
                }
                SchemaStep.print(screen, discovered, counts);
                run(new Tour(screen, factory, discovered.get(), largest, scratch, terminal));
                end(arguments, file, start);
            } finally {
                Sql.close(factory).block();
            }
        }
    }

    private void introduce() {
        screen.say("Rillite, a reactive data layer for SQLite, on Java %s.", System.getProperty("java.version"));
    }

    private void opened(Path file, List<Path> made) {
        screen.say("%s is opened read-only: nothing is written to it.", file);
        if (!made.isEmpty()) {
            screen.say(
                    "It is in WAL mode, so SQLite made %s beside it, as for any reader; the next program that writes to it"
                            + " takes them away again.",
                    made.stream().map(path -> path.getFileName().toString()).collect(Collectors.joining(" and ")));
        }
    }

    private Path sample(Scratch scratch) {
        Path file = scratch.file("bookshop.db");
        introduce();
        screen.say("Making a sample bookshop in a temporary folder ...");
        long start = System.nanoTime();
        long rows = requireNonNull(Bookshop.create(file, Bookshop.SEED).block());
        screen.say(
                "Done: %s in %,d ms, the same in every run.",
                Screen.count(rows, "row"), (System.nanoTime() - start) / 1_000_000);
        return file;
    }

    private static ConnectionFactory connections(Path file) {
        try {
            return Sql.open(file, "mode=ro");
        } catch (IllegalArgumentException e) {
            throw new Refusal(e.getMessage() + ".", e);
        }
    }

    private static Timed<Database> discover(Path file, ConnectionFactory factory) {
        Timed<Database> discovered;
        try {
            discovered = requireNonNull(Database.over(factory).timed().block());
        } catch (R2dbcException e) {
            throw new Refusal("\"" + file + "\" cannot be opened: " + e.getMessage(), e);
        }
        if (Tables.of(discovered.get()).isEmpty()) {
            throw new Refusal("\"" + file + "\" has no tables: there is nothing to show.");
        }
        return discovered;
    }

    private static void run(Tour tour) {
        for (Step step : STEPS) {
            tour.screen().heading(step.title());
            step.run(tour);
        }
    }

    private void end(Arguments arguments, Path file, long start) {
        screen.space();
        screen.say(
                "That was all, in %.1f s. The scratch files go away now%s.",
                (System.nanoTime() - start) / 1e9,
                arguments.file().isPresent() ? ", and " + file.getFileName() + " is as it was" : "");
        if (arguments.file().isEmpty()) {
            screen.code("./demo path/to/any.db    the same with a file of yours, only read");
        }
        screen.code("./demo --serve           its tables over HTTP, to try with curl");
        screen.code("README.md                how to use it in your program");
    }

    private void serve(Database database, Table largest) {
        DisposableServer server = Server.start(database);
        String rows = Server.url(server, largest.name());
        screen.say(
                "Serving %s on this machine until Ctrl-C: each as NDJSON (one JSON object per line), read from SQLite only"
                        + " as fast as the client takes it. Try in another terminal:",
                Screen.count(Tables.of(database).size(), "table"));
        screen.space();
        screen.code("curl -N " + rows + "    # the rows of one table");
        screen.code(String.format("curl %-" + (rows.length() + 3) + "s    # the names of all", Server.url(server, "")));
        server.onDispose().block();
    }
}
