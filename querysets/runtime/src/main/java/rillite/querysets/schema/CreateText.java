package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of a CREATE statement as SQLite keeps it, cut into words, so that two of them can be compared whatever their
 * layout, comments, quotes and upper or lower case. Immutable.
 *
 * <p>Of a text that is not understood less is found, never an error.
 */
public final class CreateText {

    private static final List<String> CONSTRAINTS = List.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN");
    private static final List<String> OBJECTS = List.of("TABLE", "INDEX", "VIEW", "TRIGGER");

    private final String sql;
    private final int nameStart;
    private final int nameEnd;
    private final List<String> words;
    private final List<Part> columns = new ArrayList<>();
    private final List<String> constraints = new ArrayList<>();
    private final List<String> options = new ArrayList<>();

    /**
     * The declaration of a column.
     *
     * @param name its name
     * @param spelling the name as it is written, with its quotes
     * @param sql the whole declaration as it is written, name included
     * @param words what follows the name, in a form that can be compared
     */
    public record Part(String name, String spelling, String sql, List<String> words) {

        public Part {
            words = List.copyOf(words);
        }
    }

    private CreateText(String sql) {
        this.sql = sql;
        SqlTokens tokens = new SqlTokens(sql);
        boolean named = false;
        while (!named && tokens.next()) {
            named = OBJECTS.contains(tokens.keyword());
        }
        tokens.next();
        nameStart = tokens.start();
        nameEnd = tokens.end();
        SqlTokens rest = tokens.copy();
        words = words(tokens);
        if (rest.next() && rest.is('(')) {
            body(rest);
            options.addAll(words(rest));
        }
    }

    /** Takes the {@code sql} of a row of {@code sqlite_schema}. */
    public static CreateText of(String sql) {
        return new CreateText(sql);
    }

    /** Any part of a statement in a form that can be compared. */
    public static List<String> words(String sql) {
        return words(new SqlTokens(sql));
    }

    private static List<String> words(SqlTokens tokens) {
        WordForm form = new WordForm();
        while (tokens.next()) {
            form.add(tokens);
        }
        return form.words();
    }

    /** Between the brackets: columns first, then constraints. */
    private void body(SqlTokens tokens) {
        boolean more = tokens.next();
        while (more && !tokens.is(')')) {
            if (CONSTRAINTS.contains(tokens.keyword())) {
                constraints.addAll(until(tokens, ')').words());
                more = false;
            } else {
                column(tokens);
                more = tokens.is(',') && tokens.next();
            }
        }
    }

    private void column(SqlTokens tokens) {
        int start = tokens.start();
        int nameEnds = tokens.end();
        String name = tokens.name();
        int end = nameEnds;
        WordForm form = new WordForm();
        while (tokens.next() && !tokens.is(',') && !tokens.is(')')) {
            group(tokens, form);
            end = tokens.end();
        }
        columns.add(new Part(name, sql.substring(start, nameEnds), sql.substring(start, end), form.words()));
    }

    /** Up to a symbol outside of inner brackets, from the present token on. */
    private static WordForm until(SqlTokens tokens, char symbol) {
        WordForm form = new WordForm();
        boolean more = true;
        while (more && !tokens.is(symbol)) {
            group(tokens, form);
            more = tokens.next();
        }
        return form;
    }

    /** Takes the present token; if it is a bracket that opens, everything up to the one that closes it. */
    private static void group(SqlTokens tokens, WordForm form) {
        form.add(tokens);
        for (int depth = tokens.is('(') ? 1 : 0; depth > 0 && tokens.next(); ) {
            form.add(tokens);
            depth += tokens.is('(') ? 1 : tokens.is(')') ? -1 : 0;
        }
    }

    /** The statement as SQLite keeps it. */
    public String sql() {
        return sql;
    }

    /** The name of the object as it is written, with its quotes. */
    public String spelling() {
        return sql.substring(nameStart, nameEnd);
    }

    /** What follows the name, in a form that can be compared. */
    public List<String> words() {
        return words;
    }

    /** The columns of a table; empty for anything else, and for virtual tables. */
    public List<Part> columns() {
        return Collections.unmodifiableList(columns);
    }

    /** The constraints behind the columns of a table, in a form that can be compared. */
    public List<String> constraints() {
        return Collections.unmodifiableList(constraints);
    }

    /** What follows the columns and constraints of a table, such as STRICT, in a form that can be compared. */
    public List<String> options() {
        return Collections.unmodifiableList(options);
    }

    /** Everything behind the name of the object that may be a name, in lower case: texts count, symbols do no harm. */
    public Set<String> names() {
        Set<String> names = new HashSet<>();
        words.forEach(word -> names.add(WordForm.nameOf(word)));
        return names;
    }

    /** Whether a name, or a text that is equal to it, occurs behind the name of the object. */
    public boolean mentions(String name) {
        return mentions(words, name);
    }

    /** Whether a name, or a text that is equal to it, occurs among such words. */
    public static boolean mentions(List<String> words, String name) {
        String folded = Names.fold(name);
        return words.stream().anyMatch(word -> WordForm.nameOf(word).equals(folded));
    }

    /** The same statement for another name: columns that it names with the old one before them included. */
    public String named(String spelling) {
        String old = Names.fold(WordForm.unquoted(spelling()));
        StringBuilder text = new StringBuilder(sql.substring(0, nameStart)).append(spelling);
        SqlTokens tokens = new SqlTokens(sql);
        int from = nameEnd;
        while (tokens.next()) {
            if (tokens.start() >= nameEnd && Names.fold(tokens.name()).equals(old)) {
                SqlTokens ahead = tokens.copy();
                if (ahead.next() && ahead.is('.')) {
                    text.append(sql, from, tokens.start()).append(spelling);
                    from = tokens.end();
                }
            }
        }
        return text.append(sql.substring(from)).toString();
    }

    @Override
    public String toString() {
        return sql;
    }
}
