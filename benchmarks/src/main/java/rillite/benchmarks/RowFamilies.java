package rillite.benchmarks;

import static java.util.Objects.requireNonNull;

import rillite.querysets.Database;
import rillite.querysets.Row;

/** Related rows by names. */
record RowFamilies(Database database) implements FamilyReader {

    @Override
    public FamilySum authors() {
        FamilySum sum = new FamilySum();
        requireNonNull(database.objects("author")
                        .prefetchRelated("books")
                        .list()
                        .block())
                .forEach(author -> add(sum, author, 0));
        return sum;
    }

    @Override
    public FamilySum publishers() {
        FamilySum sum = new FamilySum();
        for (Row publisher : requireNonNull(database.objects("publisher")
                .prefetchRelated("authors__books")
                .list()
                .block())) {
            long id = number(publisher, "id");
            sum.publisher(id, text(publisher, "name"));
            publisher.list("authors").forEach(author -> add(sum, author, id));
        }
        return sum;
    }

    private static void add(FamilySum sum, Row author, long publisher) {
        long id = number(author, "id");
        sum.author(publisher, id, text(author, "name"), text(author, "email"));
        for (Row book : author.list("books")) {
            double price = (Double) requireNonNull(book.get("price"));
            sum.book(id, number(book, "id"), text(book, "title"), number(book, "pages"), price);
        }
    }

    private static long number(Row row, String name) {
        return (Long) requireNonNull(row.get(name));
    }

    private static String text(Row row, String name) {
        return (String) requireNonNull(row.get(name));
    }
}
