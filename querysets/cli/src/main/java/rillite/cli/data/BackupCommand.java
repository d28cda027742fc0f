package rillite.cli.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.Draft;
import rillite.cli.Failure;
import rillite.cli.InputFile;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
import rillite.cli.Terminal;
import rillite.r2dbc.SqliteBackup;
import rillite.r2dbc.SqliteCapabilities;

/** Copies a database while others use it. */
@CommandLine.Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Copies a database while it is in use, and checks the copy.",
        footer = {
            "",
            "The copy is what the database was at one moment, in one file without free pages. It gets its name when"
                    + " PRAGMA integrity_check has found nothing wrong with it; until then it is in a folder beside,"
                    + " whose name begins with a dot. Readers and writers go on meanwhile.",
            "",
            "Examples:",
            "  rillite backup shop.db shop-copy.db",
            "  rillite backup shop.db /backups/shop.db --force --json"
        })
final class BackupCommand extends Command {

    private static final int MOST_PROBLEMS = 5;

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; it is only read.")
    private Path database = Path.of("");

    @Parameters(index = "1", paramLabel = "COPY", description = "The new file.")
    private Path copy = Path.of("");

    @Option(names = "--force", description = "Replace COPY if it exists.")
    private boolean force;

    BackupCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        long start = System.nanoTime();
        InputFile input = InputFile.of(database);
        Path target = WholeFile.target(copy, force, input);
        output.note("Writing to " + target);
        try (Workplace place = Workplace.beside(target)) {
            Path part = place.file(String.valueOf(target.getFileName()));
            try (OpenDatabase open = OpenDatabase.forReading(input)) {
                SqliteCapabilities.require(open.connections(), SqliteBackup.class)
                        .backup(part)
                        .block();
            }
            verify(part);
            place.publish(part, target, force);
        }
        summary(target, Duration.ofNanos(System.nanoTime() - start), output);
        return WELL;
    }

    private static void verify(Path copy) {
        try (OpenDatabase open = OpenDatabase.forReading(InputFile.of(copy))) {
            List<String> told =
                    open.list("PRAGMA integrity_check(" + MOST_PROBLEMS + ")", row -> row.get(0, String.class));
            if (!told.equals(List.of("ok"))) {
                throw new Failure("The copy is not sound, so it was thrown away: " + String.join("; ", told)
                        + ". Look at the database with: rillite doctor");
            }
        }
    }

    private void summary(Path target, Duration time, Output output) {
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", target.toString());
            json.put("bytes", InputFile.size(target));
            json.put("integrity", "ok");
            json.put("milliseconds", time.toMillis());
            output.json(json);
        } else {
            output.say(
                    Style.GREEN,
                    Numbers.bytes(InputFile.size(target)) + " to " + copy + " in " + Numbers.time(time)
                            + ". integrity_check: ok.");
        }
    }

    /** A folder on the same disk as the copy, gone at the end, also after Ctrl-C. */
    private record Workplace(Path folder, Interruption interruption) implements AutoCloseable {

        static Workplace beside(Path target) {
            Path folder = Draft.beside(target, ".rillite-backup-");
            try {
                Files.createDirectory(folder);
            } catch (IOException e) {
                throw new Refusal("\"" + target + "\" cannot be written: " + e + ".", e);
            }
            return new Workplace(folder, Interruption.then(() -> remove(folder)));
        }

        Path file(String name) {
            return folder.resolve(name);
        }

        void publish(Path part, Path target, boolean force) {
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                // VACUUM INTO leaves that to the system
                channel.force(true);
                WholeFile.publish(part, target, force);
            } catch (IOException e) {
                throw new Failure("\"" + target + "\" cannot be written: " + e.getMessage() + ".", e);
            }
        }

        private static void remove(Path folder) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                throw new Failure("\"" + folder + "\" cannot be deleted: " + e.getMessage() + ".", e);
            }
        }

        @Override
        public void close() {
            interruption.close();
            remove(folder);
        }
    }
}
