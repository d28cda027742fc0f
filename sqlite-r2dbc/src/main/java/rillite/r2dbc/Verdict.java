package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/** The class of one statement with the names that belong to it. */
record Verdict(
        StatementKind kind,
        ConflictRisk conflict,
        BeginMode mode,
        String name,
        @Nullable String refusal) {
    static Verdict of(StatementKind kind) {
        return of(kind, "");
    }

    static Verdict of(StatementKind kind, String name) {
        ConflictRisk risk = kind == StatementKind.SELECT ? ConflictRisk.PLAIN : ConflictRisk.SAVEPOINT;
        return new Verdict(kind, risk, BeginMode.NONE, name, null);
    }

    static Verdict dml(ConflictRisk risk) {
        return new Verdict(StatementKind.DML, risk, BeginMode.NONE, "", null);
    }

    static Verdict begin(BeginMode mode) {
        return new Verdict(StatementKind.BEGIN, ConflictRisk.SAVEPOINT, mode, "", null);
    }

    static Verdict session(String name, String refusal) {
        return new Verdict(StatementKind.SESSION, ConflictRisk.SAVEPOINT, BeginMode.NONE, name, refusal);
    }
}
