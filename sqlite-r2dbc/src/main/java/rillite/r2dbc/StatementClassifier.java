package rillite.r2dbc;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Decides what a statement is from its first tokens. Text that SQLite cannot compile counts as SELECT: a reader then
 * reports the syntax error, which is why transaction control is recognised only when it is well formed.
 */
final class StatementClassifier {
    private static final Set<String> OBJECTS = Set.of("TABLE", "INDEX", "VIEW", "TRIGGER");
    private static final Verdict SYNTAX_ERROR = Verdict.of(StatementKind.SELECT);

    private final List<Lexeme> head;
    private final int size;

    private StatementClassifier(StatementShape shape) {
        this.head = shape.head();
        this.size = shape.size();
    }

    static Verdict classify(StatementShape shape) {
        StatementClassifier classifier = new StatementClassifier(shape);
        // SQLite applies PRAGMA foreign_keys=0 and its like while compiling, so EXPLAIN does not defuse them
        boolean harmless = shape.explained() && !classifier.is(0, "PRAGMA");
        return harmless ? Verdict.of(StatementKind.SELECT) : classifier.verdict();
    }

    private Verdict verdict() {
        if (head.isEmpty()) {
            return SYNTAX_ERROR;
        }
        return switch (head.get(0).upper()) {
            case "INSERT", "UPDATE" -> Verdict.dml(conflict());
            case "DELETE", "REPLACE" -> Verdict.dml(ConflictRisk.PLAIN);
            case "CREATE", "DROP", "ALTER" -> schemaChange();
            case "PRAGMA" -> PragmaTable.classify(head, size);
            case "VACUUM" -> Verdict.of(is(1, "INTO") || is(2, "INTO") ? StatementKind.SERVICE : StatementKind.BARRIER);
            case "REINDEX", "ANALYZE" -> Verdict.of(StatementKind.BARRIER);
            case "ATTACH", "DETACH" -> Verdict.session("", head.get(0).upper());
            case "BEGIN" -> begin();
            case "COMMIT", "END" -> control(StatementKind.COMMIT, afterTransaction(1));
            case "ROLLBACK" -> rollback();
            case "SAVEPOINT" -> named(StatementKind.SAVEPOINT, 1);
            case "RELEASE" -> named(StatementKind.RELEASE, is(1, "SAVEPOINT") ? 2 : 1);
            case "SET" -> setTransaction();
            default -> SYNTAX_ERROR;
        };
    }

    private ConflictRisk conflict() {
        if (!is(1, "OR")) {
            return ConflictRisk.PLAIN;
        }
        return switch (head.size() > 2 ? head.get(2).upper() : "") {
            case "ABORT", "IGNORE", "REPLACE" -> ConflictRisk.PLAIN;
            case "ROLLBACK" -> ConflictRisk.ALONE;
            default -> ConflictRisk.SAVEPOINT;
        };
    }

    private Verdict schemaChange() {
        int at = 1;
        boolean temporary = is(at, "TEMP") || is(at, "TEMPORARY");
        if (temporary || is(at, "UNIQUE") || is(at, "VIRTUAL")) {
            at++;
        }
        String object = head.size() > at && OBJECTS.contains(head.get(at).upper())
                ? head.get(at).upper().toLowerCase(Locale.ROOT)
                : "object";
        at++;
        if (is(at, "IF")) {
            at += is(at + 1, "NOT") ? 3 : 2;
        }
        boolean qualified = head.size() > at + 1 && head.get(at + 1).token() == SqlTokens.Token.DOT;
        if (temporary || (qualified && head.get(at).name().equalsIgnoreCase("temp"))) {
            return Verdict.session("", "TEMP " + object);
        }
        return Verdict.of(StatementKind.DDL);
    }

    private Verdict begin() {
        BeginMode mode = switch (head.size() > 1 ? head.get(1).upper() : "") {
            case "DEFERRED" -> BeginMode.DEFERRED;
            case "IMMEDIATE" -> BeginMode.IMMEDIATE;
            case "EXCLUSIVE" -> BeginMode.EXCLUSIVE;
            default -> BeginMode.NONE;
        };
        boolean complete = afterTransaction(mode == BeginMode.NONE ? 1 : 2) == size;
        return complete ? Verdict.begin(mode) : SYNTAX_ERROR;
    }

    private Verdict rollback() {
        int at = afterTransaction(1);
        if (at == size) {
            return Verdict.of(StatementKind.ROLLBACK);
        }
        if (!is(at, "TO")) {
            return SYNTAX_ERROR;
        }
        return named(StatementKind.ROLLBACK_TO, is(at + 1, "SAVEPOINT") ? at + 2 : at + 1);
    }

    private Verdict setTransaction() {
        boolean literal = size == 4 && is(1, "TRANSACTION") && is(2, "READ") && is(3, "ONLY");
        return literal ? Verdict.of(StatementKind.SET_TRANSACTION_READ_ONLY) : SYNTAX_ERROR;
    }

    /** The index after an optional {@code TRANSACTION [name]} at {@code at}. */
    private int afterTransaction(int at) {
        if (!is(at, "TRANSACTION")) {
            return at;
        }
        boolean name = head.size() > at + 1 && head.get(at + 1).isName() && !is(at + 1, "TO");
        return name ? at + 2 : at + 1;
    }

    private Verdict control(StatementKind kind, int end) {
        return end == size ? Verdict.of(kind) : SYNTAX_ERROR;
    }

    private Verdict named(StatementKind kind, int at) {
        boolean complete = size == at + 1 && head.get(at).isName();
        return complete ? Verdict.of(kind, head.get(at).name()) : SYNTAX_ERROR;
    }

    private boolean is(int index, String keyword) {
        return index < head.size() && head.get(index).is(keyword);
    }
}
