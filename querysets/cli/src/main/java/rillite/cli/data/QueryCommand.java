package rillite.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import rillite.cli.Command;
import rillite.cli.InputFile;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Terminal;
import rillite.r2dbc.SqliteScript;

/** Runs a query. */
@CommandLine.Command(
        name = "query",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the rows of a QuerySet or of a SQL statement.",
        footer = {
            "",
            "A QuerySet is a table and verbs: filter, exclude, orderBy, limit, values, annotate, selectRelated, ...",
            "A value with --param is a number when it looks like one, NULL, or text ('1' in quotes is text).",
            "",
            "Examples:",
            "  rillite query shop.db 'book.filter(pages__gt=300).orderBy(-title)'",
            "  rillite query shop.db 'author.annotate(n=count(books)).values(name, n)' --format csv",
            "  rillite query shop.db 'SELECT title FROM book WHERE pages > ?' --param 300 --format ndjson",
            "  rillite query shop.db --write \"DELETE FROM tag WHERE name = 'old'\""
        })
final class QueryCommand extends Command {

    private static final long TABLE_ROWS = 1000;

    @Parameters(
            index = "0",
            paramLabel = "DATABASE",
            description = "The file; it is only read unless there is --write.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "QUERY", description = "A QuerySet, or one SQL statement.")
    private String query = "";

    @Option(
            names = {"-f", "--format"},
            description = "${COMPLETION-CANDIDATES}; TABLE by default.")
    private @Nullable RowFormat format;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "VALUE",
            description = "A value for the next ? of the SQL; can be repeated.")
    private List<String> parameters = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "ROWS",
            description = "Rows at the most, 0 for all; 1000 in the form TABLE, else all.")
    private @Nullable Long limit;

    @Option(names = "--write", description = "Let the statement change the file.")
    private boolean write;

    QueryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    protected int run(Output output) {
        boolean sql = Statements.isSql(query);
        SqliteScript.Statement statement = sql ? Statements.single(query) : null;
        if (statement == null && !parameters.isEmpty()) {
            throw new Refusal(
                    "--param gives values to the ? of SQL: the values of a QuerySet stand in its conditions, as in"
                            + " book.filter(pages__gt=300).");
        }
        InputFile input = InputFile.of(file);
        if (write) {
            output.note("Writing to " + input.real());
        }
        try (OpenDatabase open = write ? OpenDatabase.forWriting(input) : OpenDatabase.forReading(input)) {
            Answer answer = statement != null
                    ? answer(open, statement)
                    : QueryVerbs.answer(
                            open.database(),
                            Asked.isTable(open, query) ? new QueryText(query, List.of()) : QueryText.parse(query));
            RowFormat chosen = format != null ? format : output.isJson() ? RowFormat.JSON : RowFormat.TABLE;
            Terminal terminal = terminal();
            RowWriter writer =
                    chosen.writer(new RowFormat.Sheet(terminal.out(), terminal.width(), terminal.coloured()));
            long most = most(chosen);
            if (Rows.write(answer, writer, terminal.out(), most).more()
                    && !terminal.out().checkError()) {
                output.note("There are more rows than " + Numbers.grouped(most) + ": add --limit 0, or --format csv.");
            }
            return WELL;
        }
    }

    private long most(RowFormat chosen) {
        long most = limit != null ? limit : chosen == RowFormat.TABLE ? TABLE_ROWS : 0;
        if (most < 0) {
            throw new Refusal("--limit takes 0 or a number of rows, not " + most + ".");
        }
        return most == 0 ? Long.MAX_VALUE : most;
    }

    private Answer answer(OpenDatabase open, SqliteScript.Statement statement) {
        List<@Nullable Object> binds = new ArrayList<>();
        parameters.forEach(word -> binds.add(Literal.of(word)));
        if (binds.size() != statement.parameters()) {
            throw new Refusal("The statement has " + Output.count(statement.parameters(), "parameter")
                    + ", and --param was given " + Output.count(binds.size(), "time") + ".");
        }
        return statementAnswer(open, statement, binds, write);
    }

    /** The rows of a statement; of one that changes rows without giving them back, how many it changed. */
    static Answer statementAnswer(
            OpenDatabase open, SqliteScript.Statement statement, List<@Nullable Object> binds, boolean write) {
        boolean reading = Statements.isReading(statement);
        if (!reading && !write) {
            String what = statement.verb().equals("WITH") ? "The statement" : statement.verb();
            throw new Refusal(what + " changes the file, which is only read here: add --write to let it.");
        }
        if (statement.kind() == SqliteScript.Kind.CONTROL) {
            throw new Refusal(
                    "Each statement is a transaction of its own here: " + statement.verb() + " has no place.");
        }
        if (reading || statement.returning()) {
            return SqlAnswer.of(open, statement, binds);
        }
        List<String> names = List.of("changed");
        return new Answer(
                () -> names,
                Flux.from(open.changed(statement.sql(), binds))
                        .map(changed -> new Answer.Line(names, List.<Object>of(changed))));
    }
}
