package rillite.docs;

// tag::program[]
import java.nio.file.Path;
import rillite.querysets.Agg;
import rillite.querysets.Database;
import rillite.querysets.QuerySet;
import rillite.querysets.Row;

public class First {
    public static void main(String[] args) {
        Database db = Database.open(Path.of(args[0])).block();

        QuerySet<Row> books = db.objects("book")
                .filter("publisher__city", "Islandville", "reviews__stars", 5)
                .exclude("pages__lt", 100)
                .annotate("opinions", Agg.count("reviews"))
                .values("title", "publisher__name", "opinions")
                .orderBy("-published")
                .limit(3);

        books.flux().doOnNext(System.out::println).blockLast();
        db.close().block();
    }
}
// end::program[]
