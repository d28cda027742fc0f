package rillite.cli.shell;

import io.r2dbc.spi.R2dbcException;
import java.util.List;
import java.util.concurrent.CancellationException;
import rillite.cli.Errors;
import rillite.cli.Failure;
import rillite.cli.Numbers;
import rillite.cli.OpenDatabase;
import rillite.cli.Output;
import rillite.cli.Refusal;
import rillite.cli.Style;
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
     * @throws Failure a statement of a script failed, and what ran before it stays; or the script ended in a transaction
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
        if (runner.inTransaction()) {
            endOpen();
        }
    }

    private void endOpen() {
        String said = "The transaction was not committed: nothing of it is kept.";
        if (!input.isWatched()) {
            throw new Failure(said + " Put a COMMIT at the end.");
        }
        output.note(said);
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
                : Errors.brief(error);
    }

    private boolean run(String entry) {
        if (Entry.isDotCommand(entry)) {
            return dotCommands.run(entry);
        }
        List<SqliteScript.Statement> statements = Entry.statements(entry);
        if (!statements.isEmpty() && !Queries.isSql(entry)) {
            ShownRows shown = new ShownRows(output);
            print(runner.query(entry.strip().replaceFirst(";$", ""), MOST_ROWS, shown), shown);
            return true;
        }
        for (SqliteScript.Statement statement : statements) {
            ShownRows shown = new ShownRows(output);
            print(runner.run(statement.sql(), MOST_ROWS, shown), shown);
        }
        return true;
    }

    private void print(Runner.Outcome outcome, ShownRows shown) {
        shown.end();
        Long changed = outcome.changed();
        if (outcome.more()) {
            output.note("There are more rows than " + Numbers.grouped(MOST_ROWS) + ": add a LIMIT.");
        } else if (input.isWatched() && !output.isJson()) {
            String count = Output.count(changed == null ? outcome.rows() : changed, "row");
            output.say(Style.DIM, "(" + count + (changed == null ? ")" : " changed)"));
        }
    }
}
