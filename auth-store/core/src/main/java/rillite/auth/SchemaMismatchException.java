package rillite.auth;

import java.util.List;

/** The tables in the file are not those that the store needs. */
public final class SchemaMismatchException extends AuthException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SchemaMismatchException(List<String> problems) {
        super("The tables of the store are not as it needs them: " + String.join("; ", problems)
                + ". Has migrate() run? Undo changes that were made by hand.");
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
