package rillite.auth.authjs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import rillite.auth.authjs.FileTables.Column;
import rillite.querysets.Nearest;

/** What keeps tables from being those of a layout. Columns and their declared types decide: names of tables are shared. */
final class LayoutProblems {

    private static final Set<String> STAMPS = Set.of("createdAt", "updatedAt");

    private final FileTables file;
    private final Layout layout;
    private final List<String> columns = new ArrayList<>();
    private final List<MissingKey> keys = new ArrayList<>();

    private LayoutProblems(FileTables file, Layout layout) {
        this.file = file;
        this.layout = layout;
    }

    static LayoutProblems of(FileTables file, Layout layout) {
        LayoutProblems problems = new LayoutProblems(file, layout);
        layout.parts().forEach(problems::check);
        return problems;
    }

    /** What is wrong with tables and columns, one clause each. */
    List<String> columns() {
        return columns;
    }

    /** Keys that are missing. */
    List<MissingKey> keys() {
        return keys;
    }

    /** The layouts that the tables have rather than this one, by the types of their dates; nothing when there is none. */
    static List<Layout> rather(FileTables file, Layout layout) {
        List<Layout> others = layout.others();
        long best =
                others.stream().mapToLong(other -> suiting(file, other)).max().orElse(0);
        return best <= suiting(file, layout)
                ? List.of()
                : others.stream().filter(other -> suiting(file, other) == best).toList();
    }

    /** Whether the tables are those of a layout, as far as can be said without their rows. */
    static boolean fits(FileTables file, Layout layout) {
        LayoutProblems problems = of(file, layout);
        return problems.columns.isEmpty() && problems.keys.isEmpty();
    }

    private static long suiting(FileTables file, Layout layout) {
        return layout.parts().stream()
                .flatMap(part -> part.fields().stream()
                        .filter(field -> field.kind() == Field.Kind.DATE)
                        .map(field -> file.columns(layout.table(part)).get(field.name())))
                .filter(column -> column != null && layout.suits(column.type()))
                .count();
    }

    private void check(Part part) {
        String table = layout.table(part);
        Map<String, Column> there = file.columns(table);
        if (there.isEmpty()) {
            if (part != Part.AUTHENTICATOR) { // who has no passkeys has no table for them
                columns.add("table " + table + " is missing"
                        + call(table, file.others(layout.tables().values())));
            }
            return;
        }
        int before = columns.size();
        part.fields().forEach(field -> check(part, field, there));
        boolean complete = columns.size() == before; // else it may be a column by another name
        unknown(part, there).stream()
                .filter(name -> complete)
                .filter(name -> isRequired(there, name))
                .forEach(name -> columns.add("column " + table + "." + name
                        + " is NOT NULL without a default, and no column that the adapter writes"));
        if (file.isWithoutRowid(table)) {
            columns.add("table " + table + " is WITHOUT ROWID, and the adapter tells by the rowid which row was first");
        }
        keys(part);
        boolean isChild = part == Part.ACCOUNT || part == Part.SESSION || part == Part.AUTHENTICATOR;
        boolean isUserThere = !file.columns(layout.table(Part.USER)).isEmpty(); // else its name alone may be another
        if (isChild
                && isUserThere
                && there.containsKey("userId")
                && !file.cascades(table, "userId", layout.table(Part.USER))) {
            columns.add("column " + table + ".userId does not reference its user ON DELETE CASCADE");
        }
    }

    private void check(Part part, Field field, Map<String, Column> there) {
        String name = layout.table(part) + "." + field.name();
        Column column = there.get(field.name());
        if (column == null) {
            columns.add("column " + name + " is missing" + hint(field.name(), unknown(part, there)));
        } else if (field.kind() == Field.Kind.DATE && !layout.suits(column.type())) {
            columns.add("column " + name + " is declared "
                    + (column.type().isEmpty() ? "without a type" : column.type()) + " and should be "
                    + layout.typeOfDates());
        } else if (isNumberedUser(part, field.name())) {
            columns.add("column " + name + " is declared INTEGER and should be TEXT: ids are UUIDs");
        } else if (isExact(part, field) && file.isLoose(layout.table(part), field.name())) {
            columns.add(
                    "column " + name + " has a unique key with another collation than BINARY, to which 'abc' and 'AbC'"
                            + " are one: leave COLLATE out of the table");
        } else if (field.kind() == Field.Kind.KEY && column.isNumeric()) {
            columns.add(
                    "column " + name + " is declared " + column.type()
                            + " and should be TEXT: SQLite makes numbers of digits, so that '7' and '007', or two of 21 digits, are one");
        }
    }

    /** Whether ids would be numbers of rows. */
    private boolean isNumberedUser(Part part, String name) {
        Column column = file.columns(layout.table(part)).get(name);
        return part == Part.USER
                && name.equals("id")
                && column != null
                && column.type().equals("INTEGER");
    }

    /** Addresses have one form, and a key without upper and lower case does them no harm. */
    private static boolean isExact(Part part, Field field) {
        return part == Part.USER ? field.name().equals("id") : field.kind() == Field.Kind.KEY;
    }

    private static boolean isRequired(Map<String, Column> columns, String name) {
        Column column = columns.get(name);
        return column != null && column.required();
    }

    private Set<String> unknown(Part part, Map<String, Column> there) {
        Set<String> rest = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rest.addAll(there.keySet());
        part.fields().forEach(field -> rest.remove(field.name()));
        if (layout.rules().stamps()) {
            rest.removeAll(STAMPS);
        }
        return rest;
    }

    private void keys(Part part) {
        switch (part) {
            case USER -> {
                if (!isNumberedUser(part, "id")) {
                    unique(part, "id");
                }
                unique(part, "email");
            }
            case SESSION -> unique(part, "sessionToken");
            case VERIFICATION -> {
                boolean isNarrow = isNarrower(part, "identifier", "a second token of one address");
                if (!isNarrow && !file.isUnique(layout.table(part), List.of("token"))) {
                    unique(part, "identifier", "token");
                }
            }
            case ACCOUNT -> {
                boolean isNarrow = isNarrower(part, "provider", "a second account with one provider")
                        | isNarrower(part, "providerAccountId", "an account with the same id at another provider");
                if (!isNarrow && layout.rules().likeDates()) { // kysely's tables have no such key
                    unique(part, "provider", "providerAccountId");
                }
            }
            case AUTHENTICATOR -> unique(part, "credentialID");
        }
    }

    /** No other key mends one that refuses too much. */
    private boolean isNarrower(Part part, String name, String refused) {
        String table = layout.table(part);
        boolean isNarrower = file.isUnique(table, List.of(name));
        if (isNarrower) {
            columns.add("column " + table + "." + name + " is unique by itself: " + refused
                    + " is refused, and the key should be one of "
                    + (part == Part.ACCOUNT ? "(provider,providerAccountId)" : "(identifier,token)"));
        }
        return isNarrower;
    }

    private void unique(Part part, String... names) {
        List<String> key = List.of(names);
        String table = layout.table(part);
        if (!file.isUnique(table, key) && file.missing(table, key).isEmpty()) {
            keys.add(new MissingKey(part, key, file.free(layout.indexName(part, key))));
        }
    }

    /** The same for a table, with the call that names it. */
    private static String call(String name, Collection<String> others) {
        List<String> nearest = Nearest.of(name, others);
        return nearest.isEmpty()
                ? ""
                : " (did you mean " + String.join(" or ", nearest) + "? then .table(\"" + name + "\", \""
                        + nearest.get(0).replace("\"", "\\\"") + "\"))";
    }

    /** In brackets: it stands in a list of clauses. */
    private static String hint(String name, Collection<String> others) {
        List<String> nearest = Nearest.of(name, others);
        return nearest.isEmpty() ? "" : " (did you mean " + String.join(" or ", nearest) + "?)";
    }
}
