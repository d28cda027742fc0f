package rillite.cli.schema;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import rillite.cli.Failure;
import rillite.cli.Refusal;
import rillite.codegen.CodegenException;
import rillite.querysets.MigrationException;
import rillite.querysets.migrate.InvalidMigrationException;
import rillite.querysets.migrate.MigrationConflictException;
import rillite.querysets.migrate.MigrationStatus;
import rillite.querysets.migrate.make.InvalidDecisionException;
import rillite.querysets.migrate.make.InvalidSchemaException;

/** Says errors of the libraries in the words of the command line: where they name a method, this names the option. */
final class Wording {

    private static final List<Class<? extends RuntimeException>> WRONG_CALLS = List.of(
            InvalidMigrationException.class,
            InvalidDecisionException.class,
            InvalidSchemaException.class,
            CodegenException.class);
    private static final Pattern PLAIN = Pattern.compile("[\\w.=-]+");

    private static final List<Rule> RULES = List.of(
            rule("call (?=(rename|notRenamed|backfill|allowDataLoss)\\()", found -> "add "),
            rule("(?<!\\w)rename\\(\\.\\.\\)", found -> "--rename OLD=NEW"),
            rule("(?<!\\w)rename\\(\"([^\"]*)\", \"([^\"]*)\"\\)", found -> option("--rename", found)),
            rule("(?<!\\w)rename\\(\"([^\"]*)\"\\)", found -> "--rename " + shell(found.group(1))),
            rule("notRenamed\\(\"([^\"]*)\"\\)", found -> "--not-renamed " + shell(found.group(1))),
            rule("backfill\\(\"([^\"]*)\", \"([^\"]*)\"\\)", found -> option("--backfill", found)),
            rule("backfill\\(\"([^\"]*)\"(?:, \\.\\.)?\\)", found -> "--backfill " + shell(found.group(1))),
            rule("allowDataLoss\\(\\)", found -> "--allow-data-loss"),
            rule("allowOutOfOrder\\(\\)", found -> "--out-of-order"),
            rule(
                    "the placeholder \\$\\{(\\w+)} has no value\\. Give it by placeholder\\(\\.\\.\\)",
                    found -> "the placeholder ${" + found.group(1) + "} has no value. Give it by --placeholder "
                            + found.group(1) + "=.."),
            rule("environment\\(\\.\\.\\)", found -> "--environment"),
            rule("(?<!\\w)set\\(\\.\\.\\)", found -> "--set"),
            rule("call baseline\\(\\.\\.\\)", found -> "run rillite baseline"),
            rule("status\\(\\.\\.\\)", found -> "rillite status"),
            rule("no such folder\\.(?! )", found -> "no such folder. Name the one of the migrations by --folder."),
            rule("longer than lockWait", found -> "longer than a minute"));

    private record Rule(Pattern method, Function<MatchResult, String> option) {}

    private Wording() {}

    private static Rule rule(String method, Function<MatchResult, String> option) {
        return new Rule(Pattern.compile(method), option);
    }

    private static String option(String name, MatchResult found) {
        return name + " " + shell(found.group(1) + "=" + found.group(2));
    }

    /** A word as a shell takes it. */
    static String shell(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Does work of the libraries.
     *
     * @throws Refusal the call or an input is wrong
     * @throws Failure the work failed
     */
    static <T> T of(Supplier<T> work) {
        try {
            return work.get();
        } catch (MigrationException | CodegenException e) {
            throw of(e);
        }
    }

    /** The same error in other words; one of somebody else as it is. */
    static RuntimeException of(RuntimeException error) {
        if (!(error instanceof MigrationException) && !(error instanceof CodegenException)) {
            return error;
        }
        StringBuilder text = new StringBuilder(of(Objects.requireNonNullElse(error.getMessage(), error.toString())));
        if (error instanceof MigrationConflictException conflict) {
            conflict.conflicts().forEach(entry -> differences(entry, text));
        }
        return WRONG_CALLS.contains(error.getClass())
                ? new Refusal(text.toString(), error)
                : new Failure(text.toString(), error);
    }

    private static void differences(MigrationStatus.Entry entry, StringBuilder text) {
        List<String> lines = Differences.of(entry);
        if (!lines.isEmpty()) {
            text.append("\n  ").append(entry).append(" is now:");
            lines.forEach(line -> text.append("\n    ").append(line));
        }
    }

    static String of(String text) {
        String said = text;
        for (Rule rule : RULES) {
            said = rule.method()
                    .matcher(said)
                    .replaceAll(found -> Matcher.quoteReplacement(rule.option().apply(found)));
        }
        return said;
    }
}
