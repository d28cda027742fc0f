package rillite.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import rillite.querysets.Database;
import rillite.querysets.Query;
import rillite.querysets.schema.Table;

/**
 * What a page shows beside the code: a test hands over the SQL or the output it really got, under the name that stands in the
 * comment before the block ({@code <!-- sql: Class#name -->}, {@code <!-- output: Class#name -->}).
 *
 * @param page the page
 * @param type the test
 * @param database whose tables the SQL is about
 */
record Shown(Path page, Class<?> type, Database database) {

    private static final int WIDTH = 120;
    private static final int DEEPEST = 3;
    private static final String CLAUSES =
            "FROM|(?:LEFT )?JOIN|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|SET|VALUES|ON CONFLICT|"
                    + "RETURNING|UNION|INTERSECT|EXCEPT";
    private static final Pattern CLAUSE = Pattern.compile("(?:" + CLAUSES + ")\\b");
    private static final Pattern PART = Pattern.compile("(?:AND|OR)\\b");
    private static final Pattern LISTED = Pattern.compile("(?<=, )");
    private static final Pattern CLAUSE_OR_PART = Pattern.compile("(?:AND|OR|" + CLAUSES + ")\\b");

    static Shown on(String page, Object test, Database database) {
        return new Shown(Pages.page(page), test.getClass(), database);
    }

    /**
     * The statements of queries. Pages break them into lines as they like, and may write {@code ..} for all columns of a
     * table.
     */
    void sql(String name, Query<?, ?, ?>... queries) {
        sql(name, Arrays.stream(queries).map(query -> query.toSql().sql()).toList());
    }

    /** Statements as they were sent. */
    void sql(String name, List<String> statements) {
        String whole = String.join(" ", statements);
        compare(
                "sql",
                name,
                statements.stream().map(this::pretty).collect(joining("\n\n")),
                (onPage, real) ->
                        words(onPage).equals(words(real)) || words(onPage).equals(words(whole)));
    }

    /** Rows or other values, one on a line. */
    void output(String name, Iterable<?> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        compare("output", name, text.toString().stripTrailing(), String::equals);
    }

    void output(String name, Object... lines) {
        output(name, List.of(lines));
    }

    /** A sentence of the page in which numbers stand that the test has counted. */
    void says(String sentence, Object... numbers) {
        String real = words(String.format(Locale.ROOT, sentence, numbers));
        assertThat(words(Pages.text(page)).contains(real))
                .as("%s says \"%s\"", page.getFileName(), real)
                .isTrue();
    }

    private void compare(String kind, String name, String real, BiPredicate<String, String> same) {
        String place = type.getSimpleName() + "#" + name;
        boolean[] seen = new boolean[1];
        Pages.rewrite(page, fence -> {
            if (!fence.kind().equals(kind) || !fence.name().equals(place)) {
                return fence.code();
            }
            seen[0] = true;
            String shown = fence.code();
            if (same.test(shown, real)) {
                return shown;
            }
            if (!Pages.WRITE) {
                assertThat(shown).as(place).isEqualTo(real);
            }
            return real;
        });
        assertThat(seen[0])
                .as("%s has a block after <!-- %s: %s -->", page.getFileName(), kind, place)
                .isTrue();
    }

    private static String words(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** A line for each clause; all columns of a table are two points. */
    private String pretty(String sql) {
        String shorter = sql;
        for (Table table : database.schema().tables()) {
            String columns = table.visibleColumns().stream()
                    .map(column -> "\"" + table.name() + "\".\"" + column.name() + "\"")
                    .collect(joining(", "));
            shorter = table.visibleColumns().size() > 2 ? shorter.replace(columns, "..") : shorter;
        }
        return lines(shorter);
    }

    private static String lines(String sql) {
        return String.join("\n", split(sql, CLAUSE, 0))
                .lines()
                .map(line -> wrapped(line, 0))
                .collect(joining("\n"));
    }

    /** A long line goes on below itself, broken where the fewest parentheses are open. */
    private static String wrapped(String line, int depth) {
        if (line.length() <= WIDTH || depth > DEEPEST) {
            return line;
        }
        List<String> parts = split(line, depth == 0 ? PART : CLAUSE_OR_PART, depth);
        if (parts.size() == 1) {
            parts = filled(split(line, LISTED, depth));
        }
        String indent = "    ".repeat(depth + 1);
        return parts.stream().map(part -> wrapped(part, depth + 1)).collect(joining("\n" + indent));
    }

    /** As many parts on a line as fit. */
    private static List<String> filled(List<String> parts) {
        List<String> lines = new ArrayList<>();
        for (String part : parts) {
            int last = lines.size() - 1;
            if (last >= 0 && lines.get(last).length() + 1 + part.length() <= WIDTH) {
                lines.set(last, lines.get(last) + " " + part);
            } else {
                lines.add(part);
            }
        }
        return lines;
    }

    /** Breaks at the spaces before a word, inside of so many parentheses. */
    private static List<String> split(String sql, Pattern words, int depth) {
        List<String> parts = new ArrayList<>();
        int open = 0;
        int start = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ' '
                    && open == depth
                    && words.matcher(sql)
                            .useTransparentBounds(true)
                            .region(i + 1, sql.length())
                            .lookingAt()
                    && !sql.startsWith("LEFT", i - 4)
                    && !sql.startsWith("DO", i - 2)) {
                parts.add(sql.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(sql.substring(start));
        return parts;
    }
}
