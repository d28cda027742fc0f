package rillite.querysets.migrate.make;

import java.util.List;
import java.util.stream.Collectors;

/** The texts of the errors of this package, in one place. */
final class MakeErrors {

    private static final int LISTED = 20;
    private static final int LONGEST = 300;

    private MakeErrors() {}

    static RenameUndecidedException undecided(List<RenameQuestion> questions) {
        RenameQuestion first = questions.get(0);
        String more = questions.size() > LISTED ? " And " + (questions.size() - LISTED) + " more questions." : "";
        return new RenameUndecidedException(
                questions.stream().limit(LISTED).map(RenameQuestion::toString).collect(Collectors.joining(" ")) + more
                        + " Answer with rename(\"" + first.from() + "\", \""
                        + first.candidates().get(0) + "\"), which keeps the data, or with notRenamed(\"" + first.from()
                        + "\").",
                questions);
    }

    static DataLossException dataLoss(List<String> losses) {
        return new DataLossException(
                "The migration would lose data: " + listed(losses)
                        + ". If that is meant, call allowDataLoss(); if something" + " was renamed, call rename(..).",
                losses);
    }

    static ValueNeededException valueNeeded(List<String> columns) {
        return new ValueNeededException(
                "Rows that exist already may have no value for " + listed(columns)
                        + ", which must not be NULL. Give the column a DEFAULT in the schema, or call backfill(\""
                        + columns.get(0) + "\", \"..\") with an SQL expression over the columns of the old row.",
                columns);
    }

    static UnsupportedChangeException virtualTables(List<String> names) {
        return new UnsupportedChangeException(
                "The definition of " + listed(names) + " changes, and SQLite has no statement for that. Drop it in one"
                        + " migration and create it in the next one, or write the migration by hand: what the new one is to"
                        + " hold, and where from, is not known here.",
                names);
    }

    static UnsupportedChangeException rowidName(Place from, Place to) {
        return new UnsupportedChangeException(
                "SQLite renames no column from or to a name of the rowid. To copy its values, say notRenamed(\"" + from
                        + "\"), backfill(\"" + to + "\", \"" + from.column() + "\"), for the way back backfill(\""
                        + from
                        + "\", \"" + to.column() + "\"), and allowDataLoss().",
                List.of("column " + from));
    }

    static InvalidDecisionException noSuchPlace(String verb, String name, SchemaDump dump) {
        List<String> tables = dump.all(SchemaObject.Kind.TABLE).stream()
                .map(SchemaObject::name)
                .filter(table -> !Decisions.isOwn(table))
                .sorted()
                .toList();
        return new InvalidDecisionException(
                verb + "(\"" + name + "\"): there is no such table or column. Columns are named"
                        + " as in book.title. Tables: " + listed(tables));
    }

    static InvalidDecisionException noSuchTarget(Decisions.Rename rename, String kind, List<String> names) {
        return new InvalidDecisionException("rename(\"" + rename.from() + "\", \"" + rename.to()
                + "\"): the desired schema" + " has no " + kind + " " + rename.to() + ". It has: " + listed(names));
    }

    static InvalidDecisionException targetExists(Decisions.Rename rename, String kind) {
        return new InvalidDecisionException("rename(\"" + rename.from() + "\", \"" + rename.to()
                + "\"): the database has a " + kind + " " + rename.to() + " already, and it is not renamed.");
    }

    static InvalidDecisionException unusedBackfill(String name, String why) {
        return new InvalidDecisionException("backfill(\"" + name + "\", ..): " + why);
    }

    static InvalidSchemaException noSchema(String name, int line, String why) {
        return new InvalidSchemaException(name + ", line " + line + ": the statement " + why, null);
    }

    static InvalidSchemaException nothing(String name, int rows) {
        return new InvalidSchemaException(
                name + (rows == 0 ? " is empty" : " only writes rows")
                        + ": it has no CREATE statement, and a schema is made of them.",
                null);
    }

    static InvalidSchemaException refused(SchemaScript script, Scratch.Refusal refusal) {
        return new InvalidSchemaException(
                script.name() + ", line " + script.lineOf(refusal.sql()) + ": SQLite refuses " + shown(refusal.sql())
                        + ": " + refusal.error().getMessage(),
                refusal.error());
    }

    static InvalidSchemaException notReproducible(Scratch.Refusal refusal) {
        return new InvalidSchemaException(
                "The schema of the database cannot be tried out in memory: SQLite refuses " + shown(refusal.sql())
                        + ": " + refusal.error().getMessage(),
                refusal.error());
    }

    static InvalidSchemaException notPossible(String way, Scratch.Refusal refusal) {
        return new InvalidSchemaException(
                "The way " + way + " was tried out in memory, and SQLite refuses " + shown(refusal.sql()) + ": "
                        + refusal.error().getMessage(),
                refusal.error());
    }

    static InvalidSchemaException notReached(String way, List<String> differences) {
        return new InvalidSchemaException(
                "The way " + way
                        + " was tried out in memory, and does not lead to the schema it should. Write this migration"
                        + " by hand. Different: " + listed(differences),
                null);
    }

    private static String shown(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "..";
    }

    static String listed(List<String> names) {
        return names.size() <= LISTED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }
}
