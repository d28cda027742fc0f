package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What SQLite's message says about a violated constraint. */
record ConstraintDetail(
        ConstraintKind kind,
        @Nullable String table,
        List<String> columns,
        @Nullable String name) {
    static final ConstraintDetail NONE = new ConstraintDetail(ConstraintKind.OTHER, null, List.of(), null);

    private static final Pattern INDEX = Pattern.compile("UNIQUE constraint failed: index '(.*)'", Pattern.DOTALL);
    private static final Pattern COLUMNS =
            Pattern.compile("(?:UNIQUE|NOT NULL) constraint failed: (.*)", Pattern.DOTALL);
    private static final Pattern CHECK = Pattern.compile("CHECK constraint failed: (.*)", Pattern.DOTALL);
    private static final Pattern STRICT =
            Pattern.compile("cannot store \\w+ value in \\w+ column (.*)", Pattern.DOTALL);

    ConstraintDetail {
        columns = List.copyOf(columns);
    }

    /** Reads the message of a constraint error. */
    static ConstraintDetail of(SqliteErrorCode code, String message) {
        ConstraintKind kind = kind(code);
        Matcher matcher = INDEX.matcher(message);
        if (matcher.matches()) {
            return new ConstraintDetail(kind, null, List.of(), matcher.group(1));
        }
        matcher = CHECK.matcher(message);
        if (matcher.matches()) {
            return new ConstraintDetail(kind, null, List.of(), matcher.group(1));
        }
        matcher = COLUMNS.matcher(message);
        if (matcher.matches()) {
            return columns(kind, matcher.group(1));
        }
        matcher = STRICT.matcher(message);
        return matcher.matches() ? columns(kind, matcher.group(1)) : new ConstraintDetail(kind, null, List.of(), null);
    }

    private static ConstraintDetail columns(ConstraintKind kind, String list) {
        int dot = list.indexOf('.');
        if (dot < 0) {
            return new ConstraintDetail(kind, null, List.of(list), null);
        }
        String table = list.substring(0, dot);
        List<String> columns = new ArrayList<>();
        for (String part : list.substring(dot + 1).split(Pattern.quote(", " + table + "."))) {
            columns.add(part);
        }
        return new ConstraintDetail(kind, table, columns, null);
    }

    private static ConstraintKind kind(SqliteErrorCode code) {
        return switch (code) {
            case CONSTRAINT_UNIQUE -> ConstraintKind.UNIQUE;
            case CONSTRAINT_PRIMARYKEY -> ConstraintKind.PRIMARY_KEY;
            case CONSTRAINT_ROWID -> ConstraintKind.ROWID;
            case CONSTRAINT_NOTNULL -> ConstraintKind.NOT_NULL;
            case CONSTRAINT_FOREIGNKEY -> ConstraintKind.FOREIGN_KEY;
            case CONSTRAINT_CHECK -> ConstraintKind.CHECK;
            case CONSTRAINT_TRIGGER -> ConstraintKind.TRIGGER;
            case CONSTRAINT_DATATYPE, MISMATCH -> ConstraintKind.DATATYPE;
            default -> ConstraintKind.OTHER;
        };
    }
}
