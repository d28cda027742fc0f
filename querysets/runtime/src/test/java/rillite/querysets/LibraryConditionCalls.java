package rillite.querysets;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The library cases about conditions, lookups and values, spelled as the suite spells them. */
final class LibraryConditionCalls extends LibraryCalls {

    private final Row ann;
    private final Row publisherRow;

    LibraryConditionCalls(Database db) {
        super(db);
        ann = row("author", 1L, "Ann", "ann@x.org", 40L, null);
        publisherRow = row("publisher", 1L, "Pub1");
        first();
        second();
    }

    private void first() {
        call("L1", () -> authors.exclude("email", "ann@x.org"));
        call("L2", () -> authors.exclude("email", "ann@x.org", "age", 30));
        call("L3", () -> authors.filter(Q.of("email", "ann@x.org").not(), Q.of("email__isnull", false)));
        call("L4", () -> authors.exclude("email__endswith", "@spam.com"));
        call("L5", () -> authors.exclude("age__gt", 28));
        call("L6", () -> authors.exclude("age__in", List.of(30)));
        call("L7", () -> books.exclude("publisher__name", "Pub1"));
        call("L8", () -> authors.exclude("books__pages", 100));
        call("L9", () -> books.exclude("reviews__stars", 5, "reviews__body", "good"));
        call("L10", () -> books.filter("reviews__stars", 2, "reviews__body", "good"));
        call("L11", () -> books.filter("reviews__stars", 2).filter("reviews__body", "good"));
        call("L12", () -> books.filter("reviews__stars", 5));
        call("L13", () -> books.filter("tags__name__in", List.of("java", "sql")).distinct());
        call("L14", () -> authors.filter("id__in", List.of()));
        call("L15", () -> authors.exclude("id__in", List.of()));
        call("L16", () -> authors.filter(Q.of("id__in", List.of()).or(Q.of("name", "Ann"))));
        call("L17", () -> authors.filter("age__in", Arrays.asList(30, null)));
        call("L18", () -> authors.exclude("age__in", Arrays.asList(30, null)));
        call("L19", () -> authors.exclude("id__in", authors.values("mentor_id")));
        call(
                "L89",
                () -> books.filter(Q.of("publisher__name", "Pub1").or(Q.of("pages", 300)))
                        .orderBy("id"));
        call(
                "L90",
                () -> books.filter("publisher__name", "Pub1")
                        .filter(Q.of("publisher__name", "Pub1").or(Q.of("pages", 300)))
                        .orderBy("id"));
        call(
                "L91",
                () -> books.filter(Q.of("publisher__name", "Pub1").or(Q.of("publisher__name", "Pub2")))
                        .orderBy("id"));
        call(
                "L92",
                () -> authors.filter(Q.of("books__pages", 300).or(Q.of("name", "Éva")))
                        .orderBy("id"));
        call(
                "L93",
                () -> authors.filter(Q.of("books__pages", 300).or(Q.of("name__startswith", "a_b")))
                        .orderBy("id"));
        call("L94", () -> books.filter("publisher__isnull", true).orderBy("id"));
        call("L95", () -> books.filter("publisher__name__isnull", true).orderBy("id"));
        call("L96", () -> authors.filter("books__isnull", true));
        call("L97", () -> authors.filter("books__isnull", false).orderBy("id"));
        call("L98", () -> authors.filter("email__isnull", 1));
        call("L99", () -> authors.filter("email", null));
        call("L100", () -> authors.filter("email__iexact", null));
        call("L101", () -> authors.filter("age__gt", null));
        call("L102", () -> authors.exclude("email", null));
        call("L103", () -> books.filter("author__id", 1));
        call("L104", () -> books.filter("author", ann));
        call("L106", () -> books.filter("author", publisherRow));
        call("L107", () -> books.filter("pk__in", List.of(1, 2)));
        call("L108", () -> books.filter("pages__range", Range.of(100, 200)));
        call("L109", () -> books.filter("title__contains", "%_"));
        call("L110", () -> authors.filter("name__startswith", "a_"));
    }

    private void second() {
        call("L111", () -> authors.filter("name__endswith", "\\d"));
        call("L112", () -> authors.filter("name__contains", "ANN"));
        call("L113", () -> authors.filter("name__icontains", "ANN"));
        call("L114", () -> authors.filter("name__icontains", "éVA"));
        call("L115", () -> authors.filter("name__iexact", "éva"));
        call("L116", () -> authors.filter("name__iexact", "a_b%c\\D"));
        call("L118", () -> authors.filter("email__contains", F.of("name")));
        call("L122", () -> books.filter("published__year", 2020));
        call("L123", () -> books.filter("published__year__gte", 2021));
        call("L124", () -> books.filter("published__month", 1));
        call("L125", () -> books.filter("created__date", LocalDate.of(2020, 12, 31)));
        call("L126", () -> books.filter("created__year", 2020));
        call("L127", () -> books.filter("published__week_day", 6));
        call("L128", () -> books.filter("created__lte", LocalDateTime.of(2021, 6, 15, 12, 0)));
        call(
                "L117",
                () -> authors.filter("id", 4)
                        .annotate("u", Fn.upper("name"))
                        .values("u")
                        .flat(String.class));
        call("L129", () -> books.dates("published", DatePart.YEAR).map(LocalDate::toString));
        call("L130", () -> authors.filter("id", BigInteger.TWO.pow(70)));
        call("L131", () -> authors.filter("age__gte", 29.5));
        call("L132", () -> authors.filter("age", "abc"));
        call("L175", () -> authors.filter(Q.empty()));
        call("L176", () -> authors.filter(Q.empty().not()));
        call("L177", () -> authors.exclude());
        call("L178", () -> authors.filter(Q.empty().or(Q.of("id", 1))));
        call(
                "L205",
                () -> books.filter("id__in", books.orderBy("-pages").limit(2).values("id"))
                        .orderBy("id"));
        call("L206", () -> books.filter("author__in", authors.values("id", "name")));
        call("L207", () -> authors.filter("mentor__mentor__name", "Ann"));
        call("L208", () -> authors.exclude("mentor__mentor__name", "Ann").orderBy("id"));
        call("L209", () -> books.exclude("tags__name", "java").orderBy("id"));
        call("L210", () -> books.exclude("tags__isnull", true).orderBy("id"));
        call(
                "L211",
                () -> books.filter(Q.of("pages", 100)
                                .and(Q.of("tags__name", "java").not()))
                        .orderBy("id"));
        call("L212", () -> books.filter("tags__name", "java").filter("tags__name", "sql"));
        call(
                "L269",
                () -> authors.filter("id__in", LongStream.range(0, 1200).boxed().toList())
                        .count());
    }
}
