package rillite.examples.quickstart;

import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;
import rillite.querysets.schema.Table;

/**
 * A query worth looking at.
 *
 * @param java the code that builds it
 */
record Showcase(String java, QuerySet<Row> query) {

    /** A filter and an order on the sample's books, else the table from its greatest key down. */
    static Showcase of(Database db, Table table) {
        String objects = java(table.name());
        QuerySet<Row> all = db.objects(table.name());
        if (table.column("price_cents").isPresent() && table.column("published").isPresent()) {
            return new Showcase(
                    objects + ".filter(\"price_cents__gte\", 3000).orderBy(\"-published\")",
                    all.filter("price_cents__gte", 3000).orderBy("-published"));
        }
        if (table.primaryKey().isEmpty()) {
            return new Showcase(objects, all);
        }
        String key = table.primaryKey().get(0).name();
        return new Showcase(objects + ".orderBy(" + literal("-" + key) + ")", all.orderBy("-" + key));
    }

    /** The code for all rows of a table. */
    static String java(String table) {
        return "db.objects(" + literal(table) + ")";
    }

    static String literal(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
