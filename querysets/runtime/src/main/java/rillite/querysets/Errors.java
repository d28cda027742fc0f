package rillite.querysets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Table;

/** The texts of this module's errors, in one place. */
final class Errors {

    private static final int LISTED = 30;

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

    static UnknownFieldException unknownField(String field, String key, Table table, List<String> fields) {
        List<String> nearest = Nearest.of(field, fields);
        String where = field.equals(key) ? "" : " (in \"" + key + "\")";
        return new UnknownFieldException(
                "Unknown field \"" + field + "\" on " + table.name() + where + "." + Nearest.hint(nearest) + " Fields: "
                        + list(fields),
                key,
                field,
                table.name(),
                nearest);
    }

    static InvalidLookupException unknownLookup(String lookup, String key, String label, List<String> lookups) {
        return new InvalidLookupException("Unknown lookup \"" + lookup + "\" on " + label + " (in \"" + key + "\")."
                + Nearest.hint(Nearest.of(lookup, lookups)) + " Lookups: " + String.join(", ", lookups));
    }

    static InvalidLookupException unfitLookup(String lookup, String key, String label, String type) {
        return new InvalidLookupException("The lookup \"" + lookup + "\" (in \"" + key + "\") is not for " + label
                + ", whose type is " + type + ".");
    }

    static InvalidLookupException missingCapability(String lookup, String key, String capability) {
        return new InvalidLookupException("The lookup \"" + lookup + "\" (in \"" + key + "\") needs the capability \""
                + capability + "\", which this connection does not offer.");
    }

    static InvalidValueException invalidValue(String label, @Nullable Object value, String expected) {
        String type = value == null ? "null" : "a " + value.getClass().getSimpleName();
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
                "The schema of the file changed since it was read last: " + cause.getMessage()
                        + " The new schema has been read: run the query again.",
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

    private static String list(List<String> names) {
        return names.size() <= LISTED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }
}
