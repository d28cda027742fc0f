package rillite.auth.authjs;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import rillite.auth.InvalidAuthValueException;
import rillite.querysets.Nearest;

/**
 * What differs between the files of the adapters of Auth.js.
 *
 * @param name as users know it
 * @param dates the form of its dates
 * @param tables what its tables are called
 * @param rules what it lets rows be
 */
record Layout(String name, DateForm dates, Map<Part, String> tables, Rules rules) {

    /**
     * What rows may be.
     *
     * @param withoutEmail a user may have no e-mail address
     * @param likeDates texts may look like dates: kysely reads every text with a date in it as one
     * @param stamps there may be columns createdAt and updatedAt, as in Prisma's documented schema, that nobody reads
     */
    record Rules(boolean withoutEmail, boolean likeDates, boolean stamps) {}

    static final Layout KYSELY = new Layout(
            "kysely",
            DateForm.ISO_Z,
            Map.of(
                    Part.USER, "User",
                    Part.ACCOUNT, "Account",
                    Part.SESSION, "Session",
                    Part.VERIFICATION, "VerificationToken"),
            new Rules(false, false, false));

    static final Layout DRIZZLE = new Layout(
            "drizzle",
            DateForm.EPOCH_MS,
            Map.of(
                    Part.USER, "user",
                    Part.ACCOUNT, "account",
                    Part.SESSION, "session",
                    Part.VERIFICATION, "verificationToken",
                    Part.AUTHENTICATOR, "authenticator"),
            new Rules(true, true, false));

    private static final Map<Part, String> PRISMA_TABLES = Map.of(
            Part.USER, "User",
            Part.ACCOUNT, "Account",
            Part.SESSION, "Session",
            Part.VERIFICATION, "VerificationToken",
            Part.AUTHENTICATOR, "Authenticator");

    Layout {
        tables = Map.copyOf(tables);
    }

    static Layout prisma(PrismaDates dates) {
        DateForm form = dates == PrismaDates.ISO_OFFSET ? DateForm.ISO_OFFSET : DateForm.EPOCH_MS;
        return new Layout("prisma", form, PRISMA_TABLES, new Rules(false, true, true));
    }

    private static List<Layout> all() {
        return List.of(KYSELY, DRIZZLE, prisma(PrismaDates.ISO_OFFSET));
    }

    /** The other layouts there are, with the names of tables that this one has. */
    List<Layout> others() {
        return all().stream()
                .filter(other -> !other.name.equals(name))
                .map(other -> {
                    Map<Part, String> names = new EnumMap<>(other.tables);
                    names.replaceAll((part, table) -> tables.getOrDefault(part, table));
                    return new Layout(other.name, other.dates, names, other.rules);
                })
                .toList();
    }

    /** Whether a date of the layout stays what it is in a column of that type, and other layouts do not declare it so. */
    boolean suits(String type) {
        return switch (name) {
            case "drizzle" -> type.contains("INT");
            case "prisma" -> type.equals("DATETIME");
            default -> !type.contains("INT") && !type.equals("DATETIME");
        };
    }

    /** The type that a date should be declared with. */
    String typeOfDates() {
        return switch (name) {
            case "drizzle" -> "INTEGER";
            case "prisma" -> "DATETIME";
            default -> "TIMESTAMPTZ or TEXT";
        };
    }

    /** The name that its adapter gives to a unique index. */
    String indexName(Part part, List<String> columns) {
        return table(part) + "_" + String.join("_", columns) + (name.equals("prisma") ? "_key" : "_unique");
    }

    /** The tables in the order in which they can be made. */
    List<Part> parts() {
        return List.of(Part.values()).stream().filter(tables::containsKey).toList();
    }

    /** The name of a table, in quotes. */
    String quoted(Part part) {
        return quoted(table(part));
    }

    String table(Part part) {
        String table = tables.get(part);
        if (table == null) {
            throw new InvalidAuthValueException("The adapter of " + name + " has no table of authenticators: Auth.js"
                    + " keeps passkeys with drizzle and prisma only. Use AuthStore.passkeys().");
        }
        return table;
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** The same with another name for a table. */
    Layout renamed(String from, String to) {
        Part part = tables.entrySet().stream()
                .filter(entry -> entry.getValue().equalsIgnoreCase(from))
                .map(Map.Entry::getKey)
                .findAny()
                .orElseThrow(() -> unknown(from, tables.values()));
        Map<Part, String> names = new EnumMap<>(tables);
        names.put(part, to);
        long different = names.values().stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .distinct()
                .count();
        if (to.isBlank() || different < names.size()) {
            throw new InvalidAuthValueException("The table " + from + " cannot be called \"" + to
                    + "\": a name must not be blank, nor that of another table.");
        }
        return new Layout(name, dates, names, rules);
    }

    private InvalidAuthValueException unknown(String table, Collection<String> tables) {
        return new InvalidAuthValueException("There is no table " + table + " in the layout of " + name + "."
                + Nearest.hint(Nearest.of(table, tables)) + " Tables: "
                + String.join(", ", tables.stream().sorted().toList()) + ".");
    }

    /** Names by part, as the texts of {@link TableTexts} hold them. */
    Map<String, String> placeholders() {
        Map<String, String> names = new LinkedHashMap<>();
        tables.forEach((part, table) -> names.put("{" + part + "}", table.replace("\"", "\"\"")));
        return names;
    }
}
