package rillite.cli.data;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rillite.cli.Command;
import rillite.cli.Numbers;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Terminal;
import rillite.querysets.Nearest;

/** Adds rows of a file to a table. */
@CommandLine.Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Adds the rows of a CSV or NDJSON file to a table.",
        footer = {
            "",
            "Each batch is one transaction: whatever ends the import, whole batches are in the file. With --resume the"
                    + " same call goes on behind the last of them, and does nothing when all is in: no row is lost or"
                    + " doubled. For that a row of the table rillite_import stays, for standard input only if --resume"
                    + " is given from the first call on. Rows that cannot be stored are left out and written to a file"
                    + " with line and reason;"
                    + " then the exit code is 1.",
            "An empty field is NULL, one in quotes an empty text. Bytes are x'0aff'.",
            "",
            "Examples:",
            "  rillite import shop.db book.csv",
            "  rillite import shop.db people.tsv --table author --columns name,email,-",
            "  rillite import new.db flights.ndjson --create --key id",
            "  rillite import shop.db big.csv --table book --resume --batch 20000"
        })
final class ImportCommand extends Command {

    private static final int LEAST_RECORD = 1000;
    private static final int MOST_BATCH = 1_000_000;

    @Parameters(index = "0", paramLabel = "DATABASE", description = "The file; with --create it may be missing.")
    private Path database = Path.of("");

    @Parameters(index = "1", paramLabel = "FILE", description = "What to import; - for standard input.")
    private Path file = Path.of("");

    @Option(
            names = {"-t", "--table"},
            paramLabel = "NAME",
            description = "The table; by default the name of FILE without its ending.")
    private @Nullable String table;

    @Option(
            names = {"-f", "--format"},
            description = "${COMPLETION-CANDIDATES}; by default what the name of FILE tells.")
    private InputShape.@Nullable Form format;

    @Option(names = "--create", description = "Make the table when it is missing, with types that fit all values.")
    private boolean create;

    @Option(names = "--key", paramLabel = "COLUMN", description = "With --create: the primary key.")
    private @Nullable String key;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "Where the fields go, in order; - for nowhere. Default: the names in the first line.")
    private List<String> columns = List.of();

    @Option(names = "--no-header", description = "The first line is a row already.")
    private boolean noHeader;

    @Option(names = "--delimiter", paramLabel = "CHAR", description = "Between fields: a comma; tab in a .tsv file.")
    private @Nullable String delimiter;

    @Option(names = "--encoding", paramLabel = "NAME", description = "UTF-8 by default, or what the first bytes tell.")
    private @Nullable String encoding;

    @Option(names = "--batch", paramLabel = "ROWS", description = "Rows of one transaction; ${DEFAULT-VALUE}.")
    private int batch = 5000;

    @Option(
            names = "--rejected",
            paramLabel = "FILE",
            description = "Where rows go that cannot be stored; by default FILE with .rejected before its ending.")
    private @Nullable Path rejected;

    @Option(
            names = "--max-rejected",
            paramLabel = "ROWS",
            description = "End behind so many of them; ${DEFAULT-VALUE}.")
    private long mostRejected = 10_000;

    @Option(
            names = "--max-record",
            paramLabel = "CHARS",
            description = "Characters of one record at the most; ${DEFAULT-VALUE}.")
    private int longest = 1_000_000;

    @Option(names = "--resume", description = "Go on where an earlier run ended; safe to repeat.")
    private boolean resume;

    @Option(names = "--restart", description = "Forget an earlier run that did not end; what it added stays.")
    private boolean restart;

    @Option(names = "--force", description = "Replace the file of rejected rows.")
    private boolean force;

    ImportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        ImportCall call = asked();
        try (ImportSource source = ImportSource.of(file, terminal().in())) {
            return new ImportJob(terminal(), output, call, source).run();
        }
    }

    private ImportCall asked() {
        require(batch >= 1 && batch <= MOST_BATCH, "--batch takes a number from 1 to " + Numbers.grouped(MOST_BATCH));
        require(longest >= LEAST_RECORD, "--max-record takes a number from " + Numbers.grouped(LEAST_RECORD));
        require(mostRejected >= 0, "--max-rejected takes 0 or a number of rows");
        require(!resume || !restart, "--resume goes on and --restart begins again: give one of them");
        require(key == null || create, "--key is for a new table: it goes with --create");
        String name = tableName();
        return new ImportCall(
                database,
                name,
                shape(),
                columns,
                create,
                key,
                requireSpare(rejected == null ? rejectedFile(name) : rejected),
                force,
                resume,
                restart,
                new Importer.Options(batch, mostRejected, resume, resume || !isStandard()));
    }

    /** What is in that file may go, so it must be none that is needed. */
    private Path requireSpare(Path left) {
        String another = ": name another file for rejected rows with --rejected";
        require(
                !new DatabaseFiles(database).contain(left),
                "\"" + left + "\" belongs to the database itself" + another);
        require(isStandard() || !DatabaseFiles.isSame(file, left), "\"" + left + "\" is the input itself" + another);
        require(
                !Files.exists(left, LinkOption.NOFOLLOW_LINKS) || Files.isRegularFile(left),
                "\"" + left + "\" is no ordinary file" + another);
        return left;
    }

    private static void require(boolean right, String rule) {
        if (!right) {
            throw new Refusal(rule + ".");
        }
    }

    private boolean isStandard() {
        return ImportSource.isStandard(file);
    }

    private InputShape shape() {
        InputShape.Form known =
                format != null ? format : isStandard() ? InputShape.Form.CSV : InputShape.form(file.toString());
        if (known == null) {
            throw new Refusal("The name \"" + file + "\" does not tell what is in it: add --format csv, or ndjson.");
        }
        if (known == InputShape.Form.NDJSON && (!columns.isEmpty() || noHeader || delimiter != null)) {
            throw new Refusal("--columns, --no-header and --delimiter are for CSV: objects have names.");
        }
        return new InputShape(known, InputShape.delimiter(delimiter, file.toString()), !noHeader, charset(), longest);
    }

    private @Nullable Charset charset() {
        if (encoding == null) {
            return null;
        }
        try {
            return Charset.forName(encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            List<String> near = Nearest.of(encoding, Charset.availableCharsets().keySet());
            throw new Refusal("There is no encoding \"" + encoding + "\"." + Nearest.hint(near), e);
        }
    }

    private String tableName() {
        if (table != null) {
            return table;
        }
        if (isStandard()) {
            throw new Refusal("Standard input has no name: say with --table where the rows go.");
        }
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** Beside the input; for standard input in the folder where the program runs. */
    private Path rejectedFile(String name) {
        String input = isStandard() ? name + ".csv" : String.valueOf(file.getFileName());
        int dot = input.lastIndexOf('.');
        return file.resolveSibling(
                dot > 0 ? input.substring(0, dot) + ".rejected" + input.substring(dot) : input + ".rejected");
    }
}
