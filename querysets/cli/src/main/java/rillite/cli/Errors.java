package rillite.cli;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import reactor.core.Exceptions;
import rillite.querysets.InvalidLookupException;
import rillite.querysets.InvalidQueryException;
import rillite.querysets.InvalidValueException;
import rillite.querysets.Nearest;
import rillite.querysets.QueryException;
import rillite.querysets.UnknownFieldException;
import rillite.querysets.UnknownRelationException;
import rillite.querysets.UnknownTableException;

/** Says what went wrong in a sentence or two, and gives the exit code. A stack trace is for {@code --debug} only. */
final class Errors implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private static final List<Class<? extends QueryException>> WRONG_CALLS = List.of(
            UnknownTableException.class,
            UnknownFieldException.class,
            UnknownRelationException.class,
            InvalidLookupException.class,
            InvalidValueException.class,
            InvalidQueryException.class);

    private static final Pattern CHOICE =
            Pattern.compile("Error: Missing required argument \\(specify one of these\\): \\((.*)\\)");
    private static final Pattern NUMBER = Pattern.compile("is not an? (?:long|int)$");

    private final Terminal terminal;

    Errors(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        say(sentence(error));
        String name = command.getCommandSpec().qualifiedName();
        say("Try: " + name + " --help");
        return Command.WRONG_CALL;
    }

    private static String sentence(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unknown(unmatched);
        }
        String said = Objects.requireNonNullElse(error.getMessage(), "The call is wrong.");
        Matcher choice = CHOICE.matcher(said);
        if (choice.matches()) {
            return "A source is missing: give one of "
                    + choice.group(1).replace("=", " ").replace(" | ", ", ") + ".";
        }
        ArgSpec argument = error.getArgSpec();
        return argument instanceof OptionSpec option
                        && error.getValue() != null
                        && NUMBER.matcher(said).find()
                ? option.longestName() + " needs a whole number, not \"" + error.getValue() + "\"."
                : said;
    }

    private static String unknown(UnmatchedArgumentException error) {
        String typed = error.getUnmatched().get(0);
        CommandSpec command = error.getCommandLine().getCommandSpec();
        if (error.isUnknownOption()) {
            String option = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
            return "There is no option \"" + option + "\"."
                    + Nearest.hint(Nearest.of(option, command.optionsMap().keySet()));
        }
        return command.subcommands().isEmpty()
                ? "There is one argument too many: \"" + typed + "\"."
                : "There is no command \"" + typed + "\"."
                        + Nearest.hint(Nearest.of(typed, command.subcommands().keySet()));
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        Throwable error = Exceptions.unwrap(thrown);
        say(describe(error));
        if (command.getCommand() instanceof Command known && known.isDebug()) {
            error.printStackTrace(terminal.err());
        }
        return code(error);
    }

    private void say(String text) {
        terminal.out().flush();
        terminal.err().println(Printable.lines(text));
    }

    /** The sentence for an error that is not one of this module, in the words of who raised it. */
    static String describe(Throwable error) {
        String message = error.getMessage();
        boolean known = error instanceof Refusal
                || error instanceof Failure
                || error instanceof QueryException
                || error instanceof R2dbcException;
        if (known && message != null) {
            return Phrases.of(message);
        }
        return "This is a mistake in rillite itself: " + error + ". Run it again with --debug and report it, please.";
    }

    private static int code(Throwable error) {
        boolean wrongCall = error instanceof Refusal
                || error instanceof R2dbcBadGrammarException
                || WRONG_CALLS.contains(error.getClass());
        return wrongCall ? Command.WRONG_CALL : Command.FINDING;
    }
}
