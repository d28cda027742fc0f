package rillite.benchmarks.micro;

import rillite.querysets.Agg;
import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Window;

/** Queries from small to large. The public names are those of the JMH parameter. */
public enum Shape {
    /** One row by its key. */
    POINT {
        @Override
        QuerySet<?> build(Database database, String order, int value) {
            return database.objects("book").orderBy(order).byId(value);
        }
    },
    /** Fifteen columns over three joins, with a condition on a to-many relation. */
    JOINS {
        @Override
        QuerySet<?> build(Database database, String order, int value) {
            return database.objects("book")
                    .filter("pages__gt", value, "author__age__lt", 90)
                    .filter("reviews__stars__gte", 4)
                    .values(
                            "id",
                            "title",
                            "isbn",
                            "pages",
                            "price",
                            "language",
                            "stock",
                            "weight",
                            "rating",
                            "author__name",
                            "author__email",
                            "author__age",
                            "publisher__name",
                            "publisher__city",
                            "series__name")
                    .orderBy(order)
                    .limit(20);
        }
    },
    /** A counted relation and a window, with a condition on the window. */
    WINDOW {
        @Override
        QuerySet<?> build(Database database, String order, int value) {
            return database.objects("book")
                    .filter("pages__gt", value)
                    .annotate(
                            "reviewed",
                            Agg.count("reviews"),
                            "place",
                            Window.rank().partitionBy("author").orderBy("-price"))
                    .filter("place__lte", 3)
                    .orderBy(order);
        }
    };

    private static final String[] ORDERS = {"id", "title", "isbn", "pages"};

    /** Queries that differ in their text, not in their size. */
    static final int VARIANTS = ORDERS.length;

    /**
     * Builds one query.
     *
     * @param order a column of the book
     * @param value to compare with
     */
    abstract QuerySet<?> build(Database database, String order, int value);

    QuerySet<?> variant(Database database, int number) {
        return build(database, ORDERS[number % VARIANTS], 1);
    }
}
