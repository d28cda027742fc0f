package rillite.cli.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;
import rillite.cli.Printable;
import rillite.cli.Terminal;
import rillite.querysets.MigrationException;
import rillite.querysets.migrate.make.Make;
import rillite.querysets.migrate.make.MigrationDraft;
import rillite.querysets.migrate.make.RenameQuestion;
import rillite.querysets.migrate.make.RenameUndecidedException;

/** Asks what was renamed, where somebody is there to answer. */
final class RenameQuestions {

    private final Terminal terminal;
    private final boolean asking;
    private final BufferedReader in;
    private final List<String> answers = new ArrayList<>();

    /**
     * @param asking whether questions may be asked; they are on a terminal only
     */
    RenameQuestions(Terminal terminal, boolean asking) {
        this.terminal = terminal;
        this.asking = asking && terminal.watched();
        in = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8));
    }

    /** The draft, after all questions are answered. */
    MigrationDraft draft(Make undecided) {
        Make make = undecided;
        while (true) {
            try {
                return Objects.requireNonNull(make.draft().block());
            } catch (RenameUndecidedException e) {
                make = asking ? answered(make, e.questions()) : refuse(e);
            } catch (MigrationException e) {
                throw answers.isEmpty() ? e : withAnswers(e);
            }
        }
    }

    private static Make refuse(RenameUndecidedException undecided) {
        StringBuilder text = new StringBuilder("Something may have been renamed. Say which, for each:");
        for (RenameQuestion question : undecided.questions()) {
            text.append("\n- ").append(question);
            for (String candidate : question.candidates()) {
                text.append("\n    ").append(renamed(question, candidate)).append("   keeps the data");
            }
            text.append("\n    ").append(notRenamed(question)).append("   it is gone, and the other one is new");
        }
        throw new Failure(text.toString(), undecided);
    }

    private static String renamed(RenameQuestion question, String now) {
        return "--rename " + Wording.shell(question.from() + "=" + now);
    }

    private static String notRenamed(RenameQuestion question) {
        return "--not-renamed " + Wording.shell(question.from());
    }

    /** So that they need not be given once more. */
    private RuntimeException withAnswers(MigrationException error) {
        RuntimeException said = Wording.of(error);
        return new Failure(said.getMessage() + " Your answers so far: " + String.join(" ", answers), error);
    }

    private Make answered(Make make, List<RenameQuestion> questions) {
        Make decided = make;
        for (RenameQuestion question : questions) {
            String now = ask(question);
            answers.add(now == null ? notRenamed(question) : renamed(question, now));
            decided = now == null ? decided.notRenamed(question.from()) : decided.rename(question.from(), now);
        }
        return decided;
    }

    /** The new name; null for no. */
    private @Nullable String ask(RenameQuestion question) {
        List<String> candidates = question.candidates();
        while (true) {
            String choices = candidates.size() == 1 ? "y/n" : "1 to " + candidates.size() + ", in their order, or n";
            terminal.err().print(Printable.of(question + " [" + choices + "] "));
            terminal.err().flush();
            String answer = line().strip().toLowerCase(Locale.ROOT);
            if (answer.equals("n") || answer.equals("no")) {
                return null;
            }
            if (candidates.size() == 1 && (answer.equals("y") || answer.equals("yes"))) {
                return candidates.get(0);
            }
            if (answer.matches("[1-9][0-9]{0,3}") && Integer.parseInt(answer) <= candidates.size()) {
                return candidates.get(Integer.parseInt(answer) - 1);
            }
        }
    }

    private String line() {
        try {
            String line = in.readLine();
            if (line == null) {
                throw new Failure("The input ended before all questions were answered; nothing was written.");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
