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
    private final List<String> found = new ArrayList<>();

    private LayoutProblems(FileTables file, Layout layout) {
        this.file = file;
        this.layout = layout;
    }

    static List<String> of(FileTables file, Layout layout) {
        LayoutProblems problems = new LayoutProblems(file, layout);
        layout.parts().forEach(problems::check);
        return problems.found;
    }

    private void check(Part part) {
        String table = layout.table(part);
        Map<String, Column> columns = file.columns(table);
        if (columns.isEmpty()) {
            if (part != Part.AUTHENTICATOR) { // who has no passkeys has no table for them
                found.add("table " + table + " is missing."
                        + hint(table, file.others(layout.tables().values())));
            }
            return;
        }
        int before = found.size();
        for (Field field : part.fields()) {
            Column column = columns.get(field.name());
            if (column == null) {
                found.add("column " + table + "." + field.name() + " is missing."
                        + hint(field.name(), unknown(part, columns)));
            } else if (field.kind() == Field.Kind.DATE && !suits(column.type())) {
                found.add("column " + table + "." + field.name() + " is declared "
                        + (column.type().isEmpty() ? "without a type" : column.type()) + " and should be " + wanted());
            }
        }
        boolean complete = found.size() == before; // else it may be a column by another name
        unknown(part, columns).stream()
                .filter(name -> complete)
                .filter(name -> isRequired(columns, name))
                .forEach(name -> found.add("column " + table + "." + name
                        + " is NOT NULL without a default, and no column that the adapter writes"));
        keys(part, table);
    }

    private static boolean isRequired(Map<String, Column> columns, String name) {
        Column column = columns.get(name);
        return column != null && column.required();
    }

    private Set<String> unknown(Part part, Map<String, Column> columns) {
        Set<String> rest = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        rest.addAll(columns.keySet());
        part.fields().forEach(field -> rest.remove(field.name()));
        if (layout.rules().stamps()) {
            rest.removeAll(STAMPS);
        }
        return rest;
    }

    /** Whether a date of the layout stays what it is in a column of that type, and other layouts do not declare it so. */
    private boolean suits(String type) {
        return switch (layout.name()) {
            case "drizzle" -> type.contains("INT");
            case "prisma" -> type.equals("DATETIME");
            default -> !type.contains("INT") && !type.equals("DATETIME");
        };
    }

    private String wanted() {
        return switch (layout.name()) {
            case "drizzle" -> "INTEGER";
            case "prisma" -> "DATETIME";
            default -> "TIMESTAMPTZ or TEXT";
        };
    }

    private void keys(Part part, String table) {
        boolean sound = switch (part) {
            case USER -> unique(table, "id") & unique(table, "email");
            case SESSION -> unique(table, "sessionToken");
            case VERIFICATION -> file.isUnique(table, "token") || unique(table, "identifier", "token");
            case ACCOUNT -> !layout.rules().likeDates() || unique(table, "provider", "providerAccountId");
            case AUTHENTICATOR -> unique(table, "credentialID");
        };
        boolean isChild = part == Part.ACCOUNT || part == Part.SESSION || part == Part.AUTHENTICATOR;
        if (sound && isChild && !file.cascades(table, "userId")) {
            found.add("column " + table + ".userId does not reference its user ON DELETE CASCADE");
        }
    }

    private boolean unique(String table, String... columns) {
        boolean unique = file.isUnique(table, columns);
        if (!unique) {
            found.add("key " + table + "(" + String.join(",", columns) + ") is not unique");
        }
        return unique;
    }

    private static String hint(String name, Collection<String> others) {
        return Nearest.hint(Nearest.of(name, others));
    }
}
