package rillite.auth;

import java.util.List;

/** The tables in the file are not those that the store needs. */
public final class SchemaMismatchException extends AuthException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SchemaMismatchException(List<String> problems) {
        this(problems, "Has migrate() run? Undo changes that were made by hand; verifySchema() names them all.");
    }

    /** For the bridges and adapters of this library. */
    public SchemaMismatchException(List<String> problems, String advice) {
        this("The tables of the store are not as it needs them", problems, advice);
    }

    /**
     * The same for tables of another kind.
     *
     * @param what is wrong as a whole, a sentence without its end; the problems follow
     */
    public SchemaMismatchException(String what, List<String> problems, String advice) {
        super(what + ": " + String.join("; ", problems) + ". " + advice);
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
