package rillite.querysets;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.reactivestreams.Publisher;

/**
 * The library cases that need only a table's own columns, as calls. Where a case names a to-one relation, the call names
 * its column.
 */
final class LibraryCalls {

    private final Map<String, Function<Database, Publisher<?>>> calls = new LinkedHashMap<>();

    private LibraryCalls() {
        conditions();
        windows();
        terminals();
        lookups();
        ordersAndSets();
        LibraryRelationCalls.addTo(calls);
        LibraryWriteCalls.addTo(calls);
        LibraryLoadingCalls.addTo(calls);
        raw();
        functions();
    }

    static Map<String, Function<Database, Publisher<?>>> all() {
        return new LibraryCalls().calls;
    }

    private void authors(String id, Function<QuerySet<Row>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects("author")));
    }

    private void books(String id, Function<QuerySet<Row>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects("book")));
    }

    private void conditions() {
        authors("L1", a -> a.exclude("email", "ann@x.org"));
        authors("L2", a -> a.exclude("email", "ann@x.org", "age", 30));
        authors("L3", a -> a.filter(Q.of("email", "ann@x.org").not(), Q.of("email__isnull", false)));
        authors("L4", a -> a.exclude("email__endswith", "@spam.com"));
        authors("L5", a -> a.exclude("age__gt", 28));
        authors("L6", a -> a.exclude("age__in", List.of(30)));
        authors("L14", a -> a.filter("id__in", List.of()));
        authors("L15", a -> a.exclude("id__in", List.of()));
        authors("L16", a -> a.filter(Q.of("id__in", List.of()).or(Q.of("name", "Ann"))));
        authors("L17", a -> a.filter("age__in", Arrays.asList(30, null)));
        authors("L18", a -> a.exclude("age__in", Arrays.asList(30, null)));
        authors("L19", a -> a.exclude("id__in", a.values("mentor_id")));
        authors("L98", a -> a.filter("email__isnull", 1));
        authors("L99", a -> a.filter("email", null));
        authors("L100", a -> a.filter("email__iexact", null));
        authors("L101", a -> a.filter("age__gt", null));
        authors("L102", a -> a.exclude("email", null));
        books("L103", b -> b.filter("author_id", 1));
        books("L107", b -> b.filter("pk__in", List.of(1, 2)));
        authors("L130", a -> a.filter("id", BigInteger.TWO.pow(70)));
        authors("L131", a -> a.filter("age__gte", 29.5));
        authors("L132", a -> a.filter("age", "abc"));
        authors("L175", a -> a.filter(Q.empty()));
        authors("L176", a -> a.filter(Q.empty().not()));
        authors("L177", a -> a.exclude());
        authors("L178", a -> a.filter(Q.empty().or(Q.of("id", 1))));
        authors(
                "L269",
                a -> a.filter("id__in", LongStream.range(0, 1200).boxed().toList())
                        .count());
    }

    private void windows() {
        authors("L20", a -> a.slice(0, 2).filter("id", 1));
        authors("L21", a -> a.slice(0, 2).orderBy("id"));
        authors("L22", a -> a.slice(-1));
        authors("L23", a -> a.orderBy("id").slice(1, 4).slice(1, 2));
        authors("L24", a -> a.orderBy("id").slice(1, 4).slice(5));
        authors("L25", a -> a.orderBy("id").slice(3));
        authors("L26", a -> a.slice(0, 0));
        calls.put(
                "L27",
                db -> db.objects("book")
                        .filter(
                                "author_id__in",
                                db.objects("author").orderBy("-id").slice(0, 2)));
        calls.put(
                "L28",
                db -> db.objects("book")
                        .filter("author_id__in", db.objects("author").orderBy("-id")));
        books("L30", b -> b.values("pages").distinct().orderBy("title"));
        books("L189", b -> b.values("id", "title").flat(Long.class));
        books(
                "L205",
                b -> b.filter("id__in", b.orderBy("-pages").limit(2).values("id"))
                        .orderBy("id"));
        calls.put(
                "L206",
                db -> db.objects("book")
                        .filter("author_id__in", db.objects("author").values("id", "name")));
    }

    private void terminals() {
        authors("L34", a -> a.slice(1, 3).count());
        authors("L38", a -> a.filter("age", 30).orderBy("name").exists());
        authors("L39", a -> a.slice(10).exists());
        authors("L40", a -> a.filter("age", 30).contains(1L));
        authors("L41", a -> a.filter("age", 30).first());
        authors("L42", a -> a.filter("age", 30).last());
        authors("L43", a -> a.orderBy("-name").first());
        authors("L44", a -> a.orderBy("age", "id").last());
        authors("L45", a -> a.filter("id", 99).first());
        authors("L46", a -> a.orderBy("id").slice(0, 2).last());
        authors("L48", a -> a.get("id", 99));
        authors("L49", a -> a.get("age", 30));
        authors("L50", a -> a.orderBy("id").slice(0, 1).get("age", 40));
        authors("L51", a -> a.inBulk(List.of(3, 1, 99, 1)));
        authors("L52", a -> a.inBulk(List.of()));
        authors("L53", a -> a.inBulk("age", List.of(30)));
        authors("L54", a -> a.slice(0, 1).inBulk(List.of(1)));
        authors("L55", a -> a.inBulk(LongStream.range(0, 2500).boxed().toList()).map(Map::size));
        books("L56", b -> b.earliest("published"));
        authors("L202", a -> a.none());
        authors("L204", a -> a.filter("id", 1).explain());
    }

    private void lookups() {
        books("L108", b -> b.filter("pages__range", Range.of(100, 200)));
        books("L109", b -> b.filter("title__contains", "%_"));
        authors("L110", a -> a.filter("name__startswith", "a_"));
        authors("L111", a -> a.filter("name__endswith", "\\d"));
        authors("L112", a -> a.filter("name__contains", "ANN"));
        authors("L113", a -> a.filter("name__icontains", "ANN"));
        authors("L114", a -> a.filter("name__icontains", "éVA"));
        authors("L115", a -> a.filter("name__iexact", "éva"));
        authors("L116", a -> a.filter("name__iexact", "a_b%c\\D"));
        authors("L118", a -> a.filter("email__contains", F.of("name")));
        books("L122", b -> b.filter("published__year", 2020));
        books("L123", b -> b.filter("published__year__gte", 2021));
        books("L124", b -> b.filter("published__month", 1));
        books("L125", b -> b.filter("created__date", LocalDate.of(2020, 12, 31)));
        books("L126", b -> b.filter("created__year", 2020));
        books("L127", b -> b.filter("published__week_day", 6));
        books("L128", b -> b.filter("created__lte", LocalDateTime.of(2021, 6, 15, 12, 0)));
    }

    private void ordersAndSets() {
        authors("L47", a -> a.orderBy("age", "-name").reverse());
        authors("L170", a -> a.filter("age", 30).or(a.filter("id", 1)).orderBy("id"));
        authors("L171", a -> a.filter("age", 30).and(a.filter("id", 4)).orderBy("id"));
        authors("L172", a -> a.filter("age", 30).xor(a.filter("id__lte", 2)).orderBy("id"));
        authors(
                "L173",
                a -> a.filter(Q.of("id__lte", 3).xor(Q.of("id__lte", 2)).xor(Q.of("id", 1)))
                        .orderBy("id"));
        calls.put("L174", db -> db.objects("author").or(db.objects("book")));
        authors("L179", a -> a.orderBy(F.of("age").asc().nullsLast(), F.of("id").asc()));
        authors("L180", a -> a.orderBy("age", "id"));
        authors("L181", a -> a.orderRandom().count());
        authors("L183", a -> a.orderBy("nope"));
        authors("L184", a -> a.orderBy("name").unordered());
        authors("L185", a -> a.orderBy("name; drop"));
        authors("L186", a -> a.filter("nmae", "x"));
        authors("L187", a -> a.filter("name__startwith", "x"));
    }

    private void functions() {
        authors(
                "L117",
                a -> a.filter("id", 4)
                        .annotate("u", Fn.upper("name"))
                        .values("u")
                        .flat(String.class));
        books("L129", b -> b.dates("published", DatePart.YEAR).map(LocalDate::toString));
        calls.put(
                "L153",
                db -> db.objects("author")
                        .orderBy("id")
                        .annotate(
                                "n",
                                Fn.coalesce(
                                        Subquery.of(db.objects("book")
                                                .filter("author", F.outer("id"))
                                                .unordered()
                                                .values("author")
                                                .annotate("c", Agg.count("id"))
                                                .values("c")),
                                        0))
                        .values("id", "n"));
    }

    private void raw() {
        calls.put(
                "L267",
                db -> db.sql("select id, name from author where age > ?", 29)
                        .values("name")
                        .flat(String.class));
        calls.put("L268", db -> db.sql("select name from author").as("author"));
    }
}
