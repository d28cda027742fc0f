package rillite.querysets;

import java.util.List;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** The texts of errors about related rows. */
final class LoadingErrors {

    private LoadingErrors() {}

    /** A relation that was not loaded, or that does not exist. */
    static QueryException notLoaded(TableModel model, Slots slots, Origin origin, String name) {
        Relation relation = model.find(name) == null ? model.relation(name) : null;
        if (relation == null) {
            return Errors.unknownRelation(name, model);
        }
        String verb = relation.kind().isMany() ? "prefetchRelated" : "selectRelated";
        String loaded = slots.names().isEmpty() ? "" : " Loaded: " + Errors.list(slots.names()) + ".";
        return new NotLoadedException("The relation " + relation.qualifiedName() + " was not loaded with this row. Add "
                + verb + "(\"" + origin.path(relation.name()) + "\") to the query of " + origin.table()
                + ", or call db.load(rows, \"" + relation.name() + "\")." + loaded);
    }

    static InvalidQueryException severalRows(String table, String relation) {
        return Errors.invalidQuery(
                table + "." + relation + " leads to several rows: read them with list(\"" + relation + "\").");
    }

    static InvalidQueryException oneRow(String table, String relation) {
        return Errors.invalidQuery(
                table + "." + relation + " leads to at most one row: read it with one(\"" + relation + "\").");
    }

    static InvalidQueryException toManyInJoin(Relation relation, KeyPath path) {
        return Errors.invalidQuery("Cannot selectRelated \"" + path + "\": " + relation.qualifiedName()
                + " leads to several rows. Use prefetchRelated(\"" + path + "\").");
    }

    static InvalidQueryException toManyInColumns(String verb, Relation relation, KeyPath path) {
        return Errors.invalidQuery("Cannot name \"" + path + "\" in " + verb + "(..): " + relation.qualifiedName()
                + " leads to several rows. Choose their columns inside: Prefetch.of(\"" + relation.name()
                + "\", q -> q." + verb + "(..)).");
    }

    static InvalidQueryException columnsOfValues(String verb, String table) {
        return Errors.invalidQuery("Cannot call " + verb + " on \"" + table
                + "\" after values(..), which has chosen the columns. Name them there.");
    }

    static InvalidQueryException joinWithoutKey(Relation relation, Column missing, String verb) {
        return Errors.invalidQuery("selectRelated(\"" + relation.name() + "\") needs " + missing.qualifiedName()
                + ", which " + verb + "(..) leaves out. Keep it, or do not select the relation.");
    }

    static InvalidQueryException twoQueries(String table, String holder) {
        return Errors.invalidQuery("\"" + holder + "\" of " + table
                + " is prefetched by two different queries. Give one of them a name of its own: Prefetch.of(\"" + holder
                + "\", ..).as(\"name\").");
    }

    static InvalidQueryException takenHolder(String table, String holder) {
        return Errors.invalidQuery("Cannot prefetch as \"" + holder + "\": it is "
                + (holder.isEmpty() ? "no name" : "a column, relation or annotation of " + table) + ".");
    }

    static InvalidQueryException notWholeRows(Prefetch prefetch, String table) {
        return Errors.invalidQuery("The query of " + prefetch + " must give whole rows of " + table
                + " of the same database: no values(..), groups or other tables. To read less use only(..).");
    }

    static InvalidQueryException tooManyRelated(String path, int most) {
        return Errors.invalidQuery("prefetchRelated(\"" + path + "\") gave more than " + most
                + " rows for one chunk of owners (maxPrefetchRows). Limit them per owner with Prefetch.of(\"" + path
                + "\", q -> q.limit(n)), stream with flux() and a smaller fetchSize, or raise"
                + " DatabaseOptions.maxPrefetchRows.");
    }

    static InvalidQueryException tooManyOwners(String table, int most) {
        return Errors.invalidQuery("The connection cannot read related rows while a result is open, so all rows of "
                + table + " have to be read before them, and there are more than " + most
                + " (maxMaterializeRows). Slice the query, or raise DatabaseOptions.maxMaterializeRows.");
    }

    static TransactionException pausedTooLong(String table, Throwable cause) {
        return new TransactionException(
                "The subscriber of " + table + " with its related rows paused for longer than the connection keeps the"
                        + " snapshot that both are read from. Stream with a smaller fetchSize, read pages by key, or collect"
                        + " with list(). The error of the connection is the cause.",
                cause);
    }

    static InvalidValueException mixedTables(String table, String other) {
        return new InvalidValueException(
                "All rows of one load must be of one table, these are of " + List.of(table, other) + ".", null);
    }
}
