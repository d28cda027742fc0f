package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a CREATE TABLE statement says and no pragma tells.
 *
 * <p>One pass over the text. SQLite has accepted it before; of a text that is not understood less is found, never an
 * error.
 */
final class TableDdl {

    private final SqlTokens tokens;
    private final Map<String, String> collations = new HashMap<>();
    private final Map<String, String> generated = new HashMap<>();
    private final List<Check> checks = new ArrayList<>();
    private final List<KeyTail> foreignKeys = new ArrayList<>();
    private boolean autoincrement;
    private boolean withoutRowid;
    private boolean strict;
    private @Nullable String module;

    private @Nullable String column;
    private @Nullable String constraint;
    private boolean inReference;
    private String previous = "";

    /** What follows the columns of a foreign key; in the order of declaration. */
    record KeyTail(@Nullable String name, boolean deferred) {

        static final KeyTail NONE = new KeyTail(null, false);
    }

    private TableDdl(String sql) {
        tokens = new SqlTokens(sql);
    }

    static TableDdl of(String create) {
        TableDdl ddl = new TableDdl(create);
        while (ddl.tokens.next() && !ddl.tokens.is('(')) {
            if (ddl.tokens.keyword().equals("USING") && ddl.tokens.next()) {
                ddl.module = ddl.tokens.name();
                return ddl;
            }
        }
        ddl.body();
        ddl.options();
        return ddl;
    }

    private void body() {
        boolean inColumns = true;
        boolean atStart = true;
        while (tokens.next() && !tokens.is(')')) {
            String keyword = tokens.keyword();
            if (tokens.is(',')) {
                atStart = inColumns;
                constraint = null;
                inReference = false;
            } else if (atStart && !startsConstraint(keyword)) {
                column = tokens.name();
                atStart = false;
            } else {
                if (atStart) {
                    inColumns = false;
                    atStart = false;
                    column = null;
                }
                word(keyword);
            }
            previous = keyword;
        }
    }

    private void options() {
        while (tokens.next()) {
            strict |= tokens.keyword().equals("STRICT");
            withoutRowid |= tokens.keyword().equals("WITHOUT");
        }
    }

    private static boolean startsConstraint(String keyword) {
        return switch (keyword) {
            case "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN" -> true;
            default -> false;
        };
    }

    private void word(String keyword) {
        switch (keyword) {
            case "CONSTRAINT" -> constraint = nextName();
            case "CHECK" -> checks.add(new Check(constraint, nextGroup(), column));
            case "AS" -> {
                if (column != null) {
                    generated.put(Names.fold(column), nextGroup());
                }
            }
            case "COLLATE" -> {
                String name = nextName().toUpperCase(Locale.ROOT);
                if (column != null && !name.isEmpty()) {
                    collations.put(Names.fold(column), name);
                }
            }
            case "PRIMARY" -> primaryKey();
            case "AUTOINCREMENT" -> autoincrement = true;
            case "DEFAULT" -> defaultValue();
            case "REFERENCES" -> {
                foreignKeys.add(new KeyTail(constraint, false));
                inReference = true;
                tokens.next();
            }
            case "SET" -> tokens.next();
            case "MATCH" -> {
                if (inReference) {
                    tokens.next();
                }
            }
            case "DEFERRABLE" -> deferred(!previous.equals("NOT") && isInitiallyDeferred());
            default -> {
                if (tokens.is('(')) {
                    tokens.group();
                }
            }
        }
    }

    private boolean isInitiallyDeferred() {
        SqlTokens ahead = tokens.copy();
        return ahead.nextIs("INITIALLY") && ahead.nextIs("DEFERRED");
    }

    /** SQLite gives the clause to the foreign key before it, wherever that stands. */
    private void deferred(boolean deferred) {
        int last = foreignKeys.size() - 1;
        if (last >= 0) {
            foreignKeys.set(last, new KeyTail(foreignKeys.get(last).name(), deferred));
        }
    }

    private void primaryKey() {
        SqlTokens ahead = tokens.copy();
        if (ahead.nextIs("KEY") && ahead.next() && ahead.is('(')) {
            for (int depth = 1; depth > 0 && ahead.next(); ) {
                autoincrement |= ahead.keyword().equals("AUTOINCREMENT");
                depth += ahead.is('(') ? 1 : ahead.is(')') ? -1 : 0;
            }
        }
    }

    private void defaultValue() {
        if (tokens.next() && tokens.is('(')) {
            tokens.group();
        }
    }

    private String nextName() {
        return tokens.next() ? tokens.name() : "";
    }

    private String nextGroup() {
        return tokens.next() && tokens.is('(') ? tokens.group() : "";
    }

    /** The collation declared for a column, in upper case. */
    String collation(String name) {
        return collations.getOrDefault(Names.fold(name), "BINARY");
    }

    /** The expression of a generated column, without the brackets around it. */
    @Nullable String generated(String name) {
        return generated.get(Names.fold(name));
    }

    List<Check> checks() {
        return checks;
    }

    List<KeyTail> foreignKeys() {
        return foreignKeys;
    }

    boolean autoincrement() {
        return autoincrement;
    }

    boolean withoutRowid() {
        return withoutRowid;
    }

    boolean strict() {
        return strict;
    }

    /** The module of a virtual table. */
    @Nullable String module() {
        return module;
    }
}
