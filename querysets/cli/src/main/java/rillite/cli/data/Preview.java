package rillite.cli.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;
import rillite.cli.OpenDatabase;
import rillite.cli.Refusal;
import rillite.querysets.Nearest;

/**
 * What a first look at all of an input tells.
 *
 * @param names names of the values, in the order in which they came
 * @param types the narrowest type for the values of each
 */
record Preview(List<String> names, List<TypeGuess.Type> types) {

    private static final int MOST_NAMES = 2000;
    private static final String RESERVED = "sqlite_";

    Preview {
        names = List.copyOf(names);
        types = List.copyOf(types);
    }

    /**
     * Reads the whole input once, in bounded memory.
     *
     * @param columns names of the values that were given by hand; empty for those of the input
     */
    static Preview of(ImportSource source, InputShape shape, List<String> columns, LongConsumer progress) {
        source.keep();
        try (Entries entries = shape.open(source, List.of(), progress)) {
            return entries instanceof JsonEntries objects ? objects(objects) : fields(entries, source, columns);
        } catch (IOException e) {
            throw new Failure(source.name() + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Preview objects(JsonEntries entries) {
        Map<String, TypeGuess> guesses = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> object = entries.nextObject();
                object != null;
                object = entries.nextObject()) {
            object.forEach((name, value) ->
                    guesses.computeIfAbsent(name, unseen -> new TypeGuess()).json(value));
            if (guesses.size() > MOST_NAMES) {
                throw new Refusal("The objects have more than " + MOST_NAMES + " names: a table cannot have as many.");
            }
        }
        return new Preview(
                List.copyOf(guesses.keySet()),
                guesses.values().stream().map(TypeGuess::type).toList());
    }

    private static Preview fields(Entries entries, ImportSource source, List<String> columns) {
        List<String> names = columns.isEmpty() ? entries.names() : columns;
        if (names.isEmpty()) {
            throw new Refusal(source.name() + " has no names for its fields: give them with --columns.");
        }
        List<TypeGuess> guesses =
                IntStream.range(0, names.size()).mapToObj(i -> new TypeGuess()).toList();
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.problem() == null && entry.values().size() == names.size()) {
                for (int i = 0; i < names.size(); i++) {
                    guesses.get(i).text((String) entry.values().get(i));
                }
            }
        }
        return new Preview(names, guesses.stream().map(TypeGuess::type).toList());
    }

    /**
     * The statement that makes a table for it.
     *
     * @param key name of the column that is to be the primary key, or null
     * @throws Refusal the names cannot be those of columns
     */
    String createSql(String table, @Nullable String key) {
        if (names.isEmpty()) {
            throw new Refusal("The input has no names, so there is nothing to make a table of.");
        }
        if (table.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
            throw new Refusal("The name \"" + table + "\" is kept for SQLite itself: name another table with --table.");
        }
        Set<String> taken = new TreeSet<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equals(ImportTarget.NOWHERE)) {
                continue;
            }
            if (name.isBlank() || !taken.add(name.toLowerCase(Locale.ROOT))) {
                throw new Refusal(
                        name.isBlank()
                                ? "Field " + (i + 1) + " of the input has no name: give names with --columns."
                                : "The name \"" + name + "\" stands twice in the input: give names with --columns.");
            }
            columns.add(declaration(name, types.get(i), name.equals(key)));
        }
        if (key != null && !names.contains(key)) {
            throw new Refusal("--key names \"" + key + "\", and the input has no such column."
                    + Nearest.hint(Nearest.of(key, names)));
        }
        if (columns.isEmpty()) {
            throw new Refusal("--columns leaves out all fields, so there is nothing to make a table of.");
        }
        return "CREATE TABLE " + OpenDatabase.quoted(table)
                + columns.stream().collect(Collectors.joining(", ", " (", ")"));
    }

    private static String declaration(String name, TypeGuess.Type type, boolean key) {
        String declared = OpenDatabase.quoted(name) + " " + type;
        if (!key) {
            return declared;
        }
        return declared + (type == TypeGuess.Type.INTEGER ? " PRIMARY KEY" : " PRIMARY KEY NOT NULL");
    }
}
