package rillite.cli.shell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import rillite.cli.Printable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** Offers tables, columns, words of SQL, commands, and behind two underscores relations, columns and lookups. */
final class Completion implements Completer {

    static final List<String> LOOKUPS = List.of(
            "exact",
            "iexact",
            "contains",
            "icontains",
            "startswith",
            "istartswith",
            "endswith",
            "iendswith",
            "like",
            "gt",
            "gte",
            "lt",
            "lte",
            "range",
            "in",
            "isnull",
            "regex",
            "iregex");

    private static final Pattern ORDINARY = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final int MOST = 500;

    private final Supplier<Schema> schema;

    Completion(Supplier<Schema> schema) {
        this.schema = schema;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word =
                line.word().substring(0, Math.min(line.wordCursor(), line.word().length()));
        for (String name : words(line.line(), word)) {
            candidates.add(new Candidate(name, Printable.of(name), null, null, null, null, true));
        }
    }

    /** What the word could become, in the order of the alphabet. */
    Set<String> words(String line, String word) {
        Set<String> found = new TreeSet<>();
        if (Entry.isDotCommand(line) && word.startsWith(".")) {
            DotCommands.NAMES.forEach(name -> offer(found, name, word));
            return found;
        }
        int path = word.lastIndexOf("__");
        if (path > 0) {
            String before = word.substring(0, path + 2);
            LOOKUPS.forEach(lookup -> offer(found, before + lookup, word));
            names(true).forEach(name -> offer(found, before + name, word));
            return found;
        }
        names(false).forEach(name -> offer(found, name, word));
        if (!word.isEmpty() && !word.startsWith("\"") && !Entry.isDotCommand(line)) {
            boolean small = Character.isLowerCase(word.charAt(0));
            SqlWords.ALL.forEach(sql -> offer(found, small ? sql.toLowerCase(Locale.ROOT) : sql, word));
        }
        return found;
    }

    private Set<String> names(boolean paths) {
        Schema known = schema.get();
        Set<String> names = new TreeSet<>();
        for (Table table : known.tables()) {
            if (!paths) {
                names.add(written(table.name()));
            }
            table.visibleColumns().stream().map(Column::name).forEach(name -> names.add(paths ? name : written(name)));
            if (paths) {
                known.relations(table.name()).stream().map(Relation::name).forEach(names::add);
            }
        }
        return names;
    }

    /** A name as it is written in SQL. */
    private static String written(String name) {
        return ORDINARY.matcher(name).matches() && !SqlWords.has(name)
                ? name
                : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static void offer(Set<String> found, String name, String word) {
        boolean begins = name.regionMatches(true, 0, word, 0, word.length());
        boolean printable = Printable.of(name).equals(name);
        if (begins && printable && found.size() < MOST) {
            found.add(name);
        }
    }
}
