package rillite.cli.shell;

import io.r2dbc.spi.R2dbcException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import rillite.cli.DriverMessage;
import rillite.cli.Failure;
import rillite.cli.Json;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
import rillite.cli.TextTable;
import rillite.cli.data.Queries;
import rillite.querysets.QueryException;
import rillite.r2dbc.SqliteScript;

/** Takes entries one by one, runs them and prints what they give. */
final class Shell {

    private static final int MOST_ROWS = 1000;
    private static final String READ_ONLY = "25006";

    private final Runner runner;
    private final Input input;
    private final Output output;
    private final DotCommands dotCommands;

    Shell(OpenDatabase open, Runner runner, Input input, Output output) {
        this.runner = runner;
        this.input = input;
        this.output = output;
        dotCommands = new DotCommands(open, output, runner);
    }

    /**
     * Runs entries until there is none.
     *
     * @throws Failure a statement of a script failed; what ran before it stays
     */
    void run() {
        input.onInterrupt(runner::interrupt);
        boolean more = true;
        for (String entry = input.next(); more && entry != null; entry = more ? input.next() : null) {
            try {
                more = run(entry);
            } catch (CancellationException e) {
                output.say(Style.YELLOW, "Interrupted.");
            } catch (R2dbcException | QueryException | Refusal | IllegalArgumentException e) {
                fail(e);
            }
            output.flush();
        }
    }

    private void fail(RuntimeException error) {
        String said = error instanceof R2dbcException refused ? said(refused) : error.getMessage();
        if (!input.isWatched()) {
            throw new Failure("Line " + input.line() + ": " + said, error);
        }
        output.note(String.valueOf(said));
    }

    private static String said(R2dbcException error) {
        return READ_ONLY.equals(error.getSqlState())
                ? "This changes the file, which is only read here: start the shell with --write to let it."
                : DriverMessage.brief(error);
    }

    private boolean run(String entry) {
        if (Entry.isDotCommand(entry)) {
            return dotCommands.run(entry);
        }
        List<SqliteScript.Statement> statements = Entry.statements(entry);
        if (!statements.isEmpty() && !Queries.isSql(entry)) {
            print(runner.query(entry.strip().replaceFirst(";$", ""), MOST_ROWS));
            return true;
        }
        statements.forEach(statement -> print(runner.run(statement.sql(), MOST_ROWS)));
        return true;
    }

    private void print(Runner.Outcome outcome) {
        Long changed = outcome.changed();
        boolean more = outcome.rows().size() > MOST_ROWS;
        List<List<@Nullable Object>> rows = more ? outcome.rows().subList(0, MOST_ROWS) : outcome.rows();
        if (output.isJson()) {
            rows.forEach(row -> output.print(Json.line(members(outcome.names(), row))));
        } else if (!rows.isEmpty()) {
            table(outcome.names(), rows);
        }
        if (more) {
            output.note("There are more rows than " + Numbers.grouped(MOST_ROWS) + ": add a LIMIT.");
        } else if (input.isWatched() && !output.isJson()) {
            String count = Output.count(changed == null ? rows.size() : changed, "row");
            output.say(Style.DIM, "(" + count + (changed == null ? ")" : " changed)"));
        }
    }

    private static Map<String, @Nullable Object> members(List<String> names, List<@Nullable Object> row) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            String name = names.get(i);
            members.put(members.containsKey(name) ? name + "_" + (i + 1) : name, row.get(i));
        }
        return members;
    }

    private void table(List<String> names, List<List<@Nullable Object>> rows) {
        TextTable table = new TextTable(names);
        rows.forEach(row -> table.row(row.stream().map(Shell::shown).toArray()));
        for (int i = 0; i < names.size(); i++) {
            int column = i;
            if (rows.stream().map(row -> row.get(column)).allMatch(value -> value == null || value instanceof Number)) {
                table.right(column);
            }
        }
        output.table(table, "");
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return Json.line(value);
        }
        return value instanceof ByteBuffer bytes
                ? "(" + Output.count(bytes.remaining(), "byte") + ")"
                : value.toString();
    }
}
