package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The texts of this module's errors, in one place. */
final class Errors {

    private static final int LISTED = 20;

    private Errors() {}

    static UnknownTableException unknownTable(String name, List<String> tables) {
        List<String> nearest = Nearest.of(name, tables);
        return new UnknownTableException(
                "Unknown table \"" + name + "\"." + Nearest.hint(nearest)
                        + (tables.isEmpty()
                                ? " The database has no tables: it may have been created just now, by a path that names no file."
                                : " Tables: " + list(tables)
                                        + ". A table that was created just now is known after refresh()."),
                name,
                nearest);
    }

    static UnknownFieldException unknownField(String field, String key, String table, List<String> fields) {
        return unknownField(field, key, table, fields, List.of());
    }

    static UnknownFieldException unknownField(
            String field, String key, String table, List<String> fields, List<String> relations) {
        return unknownField(field, key, 0, table, fields, relations);
    }

    /**
     * No such name.
     *
     * @param part its position among the parts of the key; behind the first one it may also have been meant as a lookup
     */
    static UnknownFieldException unknownField(
            String field, String key, int part, String table, List<String> fields, List<String> relations) {
        List<String> names = new ArrayList<>(fields);
        names.addAll(relations);
        if (part > 0) {
            names.addAll(Lookup.names());
        }
        String where = field.equals(key) ? "" : in(key, part);
        List<String> longer = longer(field, relations);
        if (longer.size() > 1) {
            return new UnknownFieldException(ambiguous(field, table, where, longer), key, field, table, longer);
        }
        List<String> nearest = longer.isEmpty() ? Nearest.of(field, names) : longer;
        return new UnknownFieldException(
                "Unknown field \"" + field + "\" on " + table + where + "." + Nearest.hint(nearest) + " Fields: "
                        + list(fields) + (relations.isEmpty() ? "" : ". Relations: " + list(relations)),
                key,
                field,
                table,
                nearest);
    }

    /** Relations to one table are told apart by the foreign keys they come from; the table alone names none of them. */
    private static List<String> longer(String name, List<String> relations) {
        String start = name + "_as_";
        return relations.stream()
                .filter(relation -> relation.regionMatches(true, 0, start, 0, start.length()))
                .toList();
    }

    private static String ambiguous(String name, String table, String where, List<String> several) {
        return "Ambiguous name \"" + name + "\" on " + table + where + ": it may be "
                + list(several).replaceFirst(", ([^,]*)$", " or $1") + ". Name the one that is meant.";
    }

    /** Where in a key something is wrong. */
    private static String in(String key, int part) {
        return " (in \"" + key + "\"" + (part == 0 ? "" : ", part " + (part + 1)) + ")";
    }

    /** A key goes on behind a column as if it were the relation over this column. */
    static InvalidQueryException columnNotRelation(String key, String part, String column, String relation) {
        return new InvalidQueryException("In \"" + key + "\" the part \"" + part + "\" is the column " + column
                + ", behind which only lookups follow. The relation over this column is \"" + relation
                + "\": write \"" + key.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(relation)) + "\".");
    }

    static UnknownRelationException unknownRelation(String name, TableModel model) {
        return unknownRelation(name, "", model);
    }

    /**
     * @param part position among the parts of the key of what is no relation
     */
    static UnknownRelationException unknownRelation(KeyPath key, int part, TableModel model) {
        return unknownRelation(key.segment(part), key.size() == 1 ? "" : in(key.text(), part), model);
    }

    private static UnknownRelationException unknownRelation(String name, String where, TableModel model) {
        List<String> relations =
                model.relations().stream().map(relation -> relation.name()).toList();
        List<String> longer = longer(name, relations);
        if (longer.size() > 1) {
            return new UnknownRelationException(
                    ambiguous(name, model.name(), where, longer), name, model.name(), longer);
        }
        List<String> nearest = longer.isEmpty() ? Nearest.of(name, relations) : longer;
        String what = model.find(name) == null ? "Unknown relation \"" + name + "\"" : "The column \"" + name + "\"";
        String problem = model.find(name) == null ? "" : " is no relation";
        return new UnknownRelationException(
                what + " on " + model.name() + where + problem + "." + Nearest.hint(nearest)
                        + (relations.isEmpty() ? " It has no relations." : " Relations: " + list(relations)),
                name,
                model.name(),
                nearest);
    }

    static InvalidQueryException toMany(String verb, KeyPath key, String relation, String instead) {
        return new InvalidQueryException(
                "Cannot " + verb + " \"" + key + "\": " + relation + " leads to several rows. " + instead);
    }

    /**
     * @param part position of the lookup among the parts of the key
     */
    static InvalidLookupException unknownLookup(
            String lookup, String key, int part, String label, List<String> lookups) {
        return new InvalidLookupException("Unknown lookup \"" + lookup + "\" on " + label + in(key, part) + "."
                + Nearest.hint(Nearest.of(lookup, lookups)) + " Lookups: " + list(lookups));
    }

    static InvalidLookupException unfitLookup(String lookup, String key, String label, String type) {
        return new InvalidLookupException("The lookup \"" + lookup + "\" (in \"" + key + "\") is not for " + label
                + ", whose type is " + type + ".");
    }

    static InvalidLookupException missingCapability(String lookup, String key, String capability) {
        return missingCapability(lookup, key, "", capability);
    }

    /**
     * @param against what the value is, where only that needs the capability
     */
    static InvalidLookupException missingCapability(String lookup, String key, String against, String capability) {
        return new InvalidLookupException("The lookup \"" + lookup + "\" (in \"" + key + "\")" + against
                + " needs the capability \""
                + capability + "\", which this connection does not offer. Open the file with Database.open(..), or give"
                + " the connection factory SqlFunctions.addTo(..).");
    }

    static InvalidValueException invalidValue(String label, @Nullable Object value, String expected) {
        String type = value == null ? "null" : article(value.getClass().getSimpleName());
        return new InvalidValueException(
                "Invalid value for " + label + ": got " + type + ", expected " + expected + ".", null);
    }

    static InvalidQueryException invalidQuery(String message) {
        return new InvalidQueryException(message);
    }

    static SchemaChangedException schemaChanged(
            String table, @Nullable String column, List<String> names, Throwable cause) {
        String gone = column == null ? "table: " + table : "column: " + table + "." + column;
        return new SchemaChangedException(
                "The schema of the file changed after this query was built: no such " + gone + "."
                        + Nearest.hint(Nearest.of(column == null ? table : column, names))
                        + (column == null ? " Tables: " : " Columns: ") + list(names)
                        + ". The new schema has been read: build the query again.",
                table,
                column,
                cause);
    }

    /** What was missing is there again, or nobody knows what it was. */
    static SchemaChangedException schemaChanging(Throwable cause) {
        return new SchemaChangedException(
                "The schema of the file changed since it was read last. The new one has been read: run the query again. "
                        + cause.getMessage(),
                null,
                null,
                cause);
    }

    static InvalidQueryException afterSlice(String verb, String table) {
        return new InvalidQueryException("Cannot " + verb + " \"" + table
                + "\" after a slice: it would not be clear which rows are meant. Call " + verb
                + " before slice, limit or offset.");
    }

    static InvalidQueryException noKey(String verb, String table) {
        return new InvalidQueryException(
                "Cannot " + verb + " \"" + table + "\": it has no primary key and no rowid that could name a row.");
    }

    static InvalidQueryException ruleWithoutKey(String table, String foreignKey) {
        return new InvalidQueryException(
                "Cannot delete rows of \"" + table + "\": DatabaseOptions.onDelete chose what happens by \""
                        + foreignKey
                        + "\", a foreign key that the file has lost since it was opened. Open it again with a rule for"
                        + " the foreign key that it has now, or call deleteFast(), which leaves it to the rules of the file.");
    }

    /**
     * @param found keys of the rows that are in the way, at most one more than are told
     */
    static ProtectedException isProtected(CascadeRules.Rule rule, List<List<@Nullable Object>> found) {
        List<Object> keys = new ArrayList<>();
        for (List<@Nullable Object> key : found.subList(0, Math.min(found.size(), ProtectedException.LISTED))) {
            if (!key.isEmpty() && key.stream().noneMatch(Objects::isNull)) {
                keys.add(key.size() == 1 ? Objects.requireNonNull(key.get(0)) : List.copyOf(key));
            }
        }
        String table = rule.child().name();
        String more = found.size() > ProtectedException.LISTED ? " and more" : "";
        return new ProtectedException(
                "Cannot delete rows of " + rule.parent().name() + ": rows of " + table + " reference them by "
                        + rule.foreignKey() + ", which forbids it. Keys: "
                        + keys.stream().map(Object::toString).collect(Collectors.joining(", ")) + more
                        + ". Nothing was deleted. Delete or change these rows first.",
                table,
                rule.foreignKey().toString(),
                keys);
    }

    private static String article(String noun) {
        return (!noun.isEmpty() && "AEIOU".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    /** Names that there are, of which no more than 20 are listed. */
    static String list(List<String> names) {
        return names.size() <= LISTED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }
}
