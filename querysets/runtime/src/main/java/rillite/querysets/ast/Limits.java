package rillite.querysets.ast;

import java.util.function.Function;

/** What SQLite refuses because it is too large, found and named before SQLite sees it. */
final class Limits {

    private static final int TABLES = 64;
    private static final int WIDTH = 2000;
    private static final int PARTS = 500;
    private static final int ARGUMENTS = 100;
    // Far more end the whole process on SQLite 3.49: its parser runs out of stack.
    private static final int SELECTS = 100;
    // SQLite allows 1000; a few forms become a level more in its parser.
    private static final int DEPTH = 980;

    private final Function<String, ? extends RuntimeException> refusal;

    /** Creates limits that make their error from a message. */
    Limits(Function<String, ? extends RuntimeException> refusal) {
        this.refusal = refusal;
    }

    /** The error for a query that cannot be run. */
    RuntimeException refusal(String message) {
        return refusal.apply(message);
    }

    void checkDepth(int depth) {
        if (depth > DEPTH) {
            throw refusal("The expressions of the query nest more than " + DEPTH + " deep.");
        }
    }

    void checkSelects(int selects) {
        if (selects > SELECTS) {
            throw refusal("The query nests more than " + SELECTS + " sub-selects.");
        }
    }

    void checkTables(int tables) {
        if (tables > TABLES) {
            throw refusal("The query joins more than " + TABLES + " tables, and SQLite takes no more.");
        }
    }

    void checkWidth(String what, int width) {
        if (width > WIDTH) {
            throw tooMany("The query has ", width, what, WIDTH);
        }
    }

    void checkParts(int parts) {
        if (parts > PARTS) {
            throw tooMany("The set operation has ", parts, "parts", PARTS);
        }
    }

    void checkArguments(Expression.Call call) {
        if (call.arguments().size() > ARGUMENTS) {
            String function = "The function " + call.function().sqlName() + " has ";
            throw tooMany(function, call.arguments().size(), "arguments", ARGUMENTS);
        }
    }

    private RuntimeException tooMany(String start, int number, String what, int most) {
        return refusal(start + number + " " + what + ", and SQLite takes at most " + most + ".");
    }
}
