package rillite.querysets;

import static rillite.querysets.Agg.avg;
import static rillite.querysets.Agg.count;
import static rillite.querysets.Agg.max;
import static rillite.querysets.Agg.sum;
import static rillite.querysets.F.outer;
import static rillite.querysets.library.AuthorTable.AUTHOR;
import static rillite.querysets.library.BookTable.BOOK;
import static rillite.querysets.library.ReviewTable.REVIEW;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.reactivestreams.Publisher;
import rillite.querysets.library.Author;
import rillite.querysets.library.Book;
import rillite.querysets.library.Review;

/** The library cases as calls of table classes. */
final class LibraryTypedCalls {

    private final Map<String, Function<Database, Publisher<?>>> calls = new LinkedHashMap<>();

    private LibraryTypedCalls() {
        conditions();
        relations();
        windows();
        terminals();
        writes();
        lookups();
        aggregates();
        annotations();
        setsAndOrders();
    }

    static Map<String, Function<Database, Publisher<?>>> all() {
        return new LibraryTypedCalls().calls;
    }

    private void authors(String id, Function<QuerySet<Author>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects(AUTHOR)));
    }

    private void books(String id, Function<QuerySet<Book>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects(BOOK)));
    }

    private void reviews(String id, Function<QuerySet<Review>, Publisher<?>> call) {
        calls.put(id, db -> call.apply(db.objects(REVIEW)));
    }

    private void conditions() {
        authors("L1", a -> a.exclude(AUTHOR.email.eq("ann@x.org")));
        authors("L2", a -> a.exclude(AUTHOR.email.eq("ann@x.org"), AUTHOR.age.eq(30)));
        authors("L3", a -> a.filter(AUTHOR.email.eq("ann@x.org").not(), AUTHOR.email.notNull()));
        authors("L4", a -> a.exclude(AUTHOR.email.endsWith("@spam.com")));
        authors("L5", a -> a.exclude(AUTHOR.age.gt(28)));
        authors("L6", a -> a.exclude(AUTHOR.age.in(30)));
        authors("L14", a -> a.filter(AUTHOR.id.in(List.of())));
        authors("L15", a -> a.exclude(AUTHOR.id.in(List.of())));
        authors("L16", a -> a.filter(AUTHOR.id.in(List.of()).or(AUTHOR.name.eq("Ann"))));
        authors("L17", a -> a.filter(AUTHOR.age.in(Arrays.asList(30, null))));
        authors("L18", a -> a.exclude(AUTHOR.age.in(Arrays.asList(30, null))));
        authors("L19", a -> a.exclude(AUTHOR.id.in(a.selectOptional(AUTHOR.mentorId))));
        authors("L99", a -> a.filter(AUTHOR.email.isNull()));
        authors("L100", a -> a.filter(AUTHOR.email.ieq(null)));
        authors("L102", a -> a.exclude(AUTHOR.email.isNull()));
        books("L103", b -> b.filter(BOOK.author().id.eq(1)));
        books("L107", b -> b.filter(BOOK.id.in(1, 2)));
        authors("L131", a -> a.filter(AUTHOR.age.gte(29.5)));
        authors("L175", a -> a.filter(Q.empty()));
        authors("L176", a -> a.filter(Q.empty().not()));
        authors("L177", a -> a.exclude());
        authors("L178", a -> a.filter(Q.<Author>empty().or(AUTHOR.id.eq(1))));
        books("L198", b -> b.filter(BOOK.pages.gt(BOOK.author().age)).orderBy(BOOK.id.asc()));
        authors("L199", a -> a.filter(AUTHOR.age.gt(AUTHOR.mentor().age)));
        authors("L207", a -> a.filter(AUTHOR.mentor().mentor().name.eq("Ann")));
        authors("L208", a -> a.exclude(AUTHOR.mentor().mentor().name.eq("Ann")).orderBy(AUTHOR.id.asc()));
        authors(
                "L269",
                a -> a.filter(AUTHOR.id.in(LongStream.range(0, 1200).boxed().toList()))
                        .count());
    }

    private void relations() {
        books("L7", b -> b.exclude(BOOK.publisher().name.eq("Pub1")));
        authors("L8", a -> a.exclude(AUTHOR.books().any(b -> b.pages.eq(100))));
        books("L9", b -> b.exclude(BOOK.reviews().any(r -> r.stars.eq(5).and(r.body.eq("good")))));
        books("L10", b -> b.filter(BOOK.reviews().any(r -> r.stars.eq(2).and(r.body.eq("good")))));
        books(
                "L11",
                b -> b.filter(BOOK.reviews().any(r -> r.stars.eq(2)))
                        .filter(BOOK.reviews().any(r -> r.body.eq("good"))));
        books("L12", b -> b.filter(BOOK.reviews().any(r -> r.stars.eq(5))));
        books(
                "L13",
                b -> b.filter(BOOK.tags().any(t -> t.name.in("java", "sql"))).distinct());
        books(
                "L32",
                b -> b.filter(BOOK.tags().any(t -> t.name.in("java", "sql")))
                        .distinct()
                        .count());
        books(
                "L33",
                b -> b.filter(BOOK.tags().any(t -> t.name.in("java", "sql"))).count());
        books(
                "L89",
                b -> b.filter(BOOK.publisher().name.eq("Pub1").or(BOOK.pages.eq(300)))
                        .orderBy(BOOK.id.asc()));
        books(
                "L90",
                b -> b.filter(BOOK.publisher().name.eq("Pub1"))
                        .filter(BOOK.publisher().name.eq("Pub1").or(BOOK.pages.eq(300)))
                        .orderBy(BOOK.id.asc()));
        books(
                "L91",
                b -> b.filter(BOOK.publisher()
                                .name
                                .eq("Pub1")
                                .or(BOOK.publisher().name.eq("Pub2")))
                        .orderBy(BOOK.id.asc()));
        authors(
                "L92",
                a -> a.filter(AUTHOR.books().any(b -> b.pages.eq(300)).or(AUTHOR.name.eq("Éva")))
                        .orderBy(AUTHOR.id.asc()));
        authors(
                "L93",
                a -> a.filter(AUTHOR.books().any(b -> b.pages.eq(300)).or(AUTHOR.name.startsWith("a_b")))
                        .orderBy(AUTHOR.id.asc()));
        books("L94", b -> b.filter(BOOK.publisher().isNull()).orderBy(BOOK.id.asc()));
        books("L95", b -> b.filter(BOOK.publisher().name.isNull()).orderBy(BOOK.id.asc()));
        authors("L96", a -> a.filter(AUTHOR.books().isEmpty()));
        authors("L97", a -> a.filter(AUTHOR.books().isNotEmpty()).orderBy(AUTHOR.id.asc()));
        books("L209", b -> b.exclude(BOOK.tags().any(t -> t.name.eq("java"))).orderBy(BOOK.id.asc()));
        books("L210", b -> b.exclude(BOOK.tags().isEmpty()).orderBy(BOOK.id.asc()));
        books(
                "L211",
                b -> b.filter(BOOK.pages
                                .eq(100)
                                .and(BOOK.tags().any(t -> t.name.eq("java")).not()))
                        .orderBy(BOOK.id.asc()));
        books(
                "L212",
                b -> b.filter(BOOK.tags().any(t -> t.name.eq("java")))
                        .filter(BOOK.tags().any(t -> t.name.eq("sql"))));
        books("L190", b -> b.select(BOOK.id, BOOK.tags().each(t -> t.name)).orderBy("id", "tags__id"));
        calls.put("L196", db -> {
            var big = AUTHOR.books().on(b -> b.pages.gt(100)).as("big");
            return db.objects(AUTHOR)
                    .alias(big)
                    .select(AUTHOR.id, big.each(b -> b.title))
                    .orderBy("id", "big__id");
        });
        calls.put("L197", db -> {
            var big = AUTHOR.books().on(b -> b.pages.gt(100)).as("big");
            return db.objects(AUTHOR).alias(big).filter(big.isEmpty());
        });
    }

    private void windows() {
        authors("L20", a -> a.slice(0, 2).filter(AUTHOR.id.eq(1)));
        authors("L21", a -> a.slice(0, 2).orderBy(AUTHOR.id.asc()));
        authors("L23", a -> a.orderBy(AUTHOR.id.asc()).slice(1, 4).slice(1, 2));
        authors("L24", a -> a.orderBy(AUTHOR.id.asc()).slice(1, 4).slice(5));
        calls.put(
                "L27",
                db -> db.objects(BOOK)
                        .filter(BOOK.author()
                                .in(db.objects(AUTHOR).orderBy(AUTHOR.id.desc()).slice(0, 2))));
        calls.put(
                "L28",
                db -> db.objects(BOOK)
                        .filter(BOOK.author().in(db.objects(AUTHOR).orderBy(AUTHOR.id.desc()))));
        books("L30", b -> b.select(BOOK.pages).distinct().orderBy(BOOK.title.asc()));
        books("L31", b -> b.distinctOn(BOOK.author()));
        books(
                "L205",
                b -> b.filter(BOOK.id.in(b.orderBy(BOOK.pages.desc()).limit(2).select(BOOK.id)))
                        .orderBy(BOOK.id.asc()));
        calls.put(
                "L206",
                db -> db.objects(BOOK)
                        .filter(BOOK.author().id.in(db.objects(AUTHOR).select(AUTHOR.id, AUTHOR.name))));
    }

    private void terminals() {
        authors(
                "L38",
                a -> a.filter(AUTHOR.age.eq(30)).orderBy(AUTHOR.name.asc()).exists());
        authors("L40", a -> a.filter(AUTHOR.age.eq(30)).contains(1L));
        authors("L41", a -> a.filter(AUTHOR.age.eq(30)).first());
        authors("L42", a -> a.filter(AUTHOR.age.eq(30)).last());
        authors("L43", a -> a.orderBy(AUTHOR.name.desc()).first());
        authors("L44", a -> a.orderBy(AUTHOR.age.asc(), AUTHOR.id.asc()).last());
        authors("L45", a -> a.filter(AUTHOR.id.eq(99)).first());
        authors("L48", a -> a.get(AUTHOR.id.eq(99)));
        authors("L49", a -> a.get(AUTHOR.age.eq(30)));
        authors("L51", a -> a.inBulk(AUTHOR.id, List.of(3L, 1L, 99L, 1L)));
        authors("L52", a -> a.inBulk(AUTHOR.id, List.of()));
        authors("L53", a -> a.inBulk(AUTHOR.age, List.of(30)));
        books("L56", b -> b.earliest(BOOK.published));
        authors("L202", a -> a.none());
        authors("L204", a -> a.filter(AUTHOR.id.eq(1)).explain());
    }

    private void writes() {
        books("L57", b -> b.filter(BOOK.id.eq(1)).update(BOOK.pages.to(BOOK.pages.plus(1))));
        books("L58", b -> b.update(BOOK.title.to(BOOK.author().name)));
        books("L59", b -> b.filter(BOOK.author().name.eq("Ann")).update(BOOK.pages.to(1)));
        books("L60", b -> b.filter(BOOK.tags().any(t -> t.name.eq("java"))).update(BOOK.pages.to(1)));
        books("L61", b -> b.update(BOOK.author().name.to("x")));
        books("L62", b -> b.slice(0, 2).update(BOOK.pages.to(1)));
        calls.put(
                "L64",
                db -> db.objects(AUTHOR)
                        .update(AUTHOR.age.to(Subquery.of(db.objects(BOOK)
                                .filter(BOOK.author().id.eq(outer(AUTHOR.id)))
                                .orderBy(BOOK.pages.desc())
                                .limit(1)
                                .select(BOOK.pages)))));
        books("L65", b -> b.filter(BOOK.id.eq(1)).update(BOOK.publisherId.toNull()));
        books("L66", b -> b.orderBy(BOOK.id.asc()).update(BOOK.pages.to(1)));
        books(
                "L67",
                b -> b.update(BOOK.pages.to(Case.when(BOOK.pages.gte(200), 1).otherwise(0))));
        reviews("L72", r -> r.filter(REVIEW.stars.eq(5)).delete());
        reviews("L73", r -> r.filter(REVIEW.book().author().name.eq("Ann")).delete());
    }

    private void lookups() {
        books("L108", b -> b.filter(BOOK.pages.between(100, 200)));
        books("L109", b -> b.filter(BOOK.title.contains("%_")));
        authors("L110", a -> a.filter(AUTHOR.name.startsWith("a_")));
        authors("L111", a -> a.filter(AUTHOR.name.endsWith("\\d")));
        authors("L112", a -> a.filter(AUTHOR.name.contains("ANN")));
        authors("L113", a -> a.filter(AUTHOR.name.icontains("ANN")));
        authors("L114", a -> a.filter(AUTHOR.name.icontains("éVA")));
        authors("L115", a -> a.filter(AUTHOR.name.ieq("éva")));
        authors("L116", a -> a.filter(AUTHOR.name.ieq("a_b%c\\D")));
        authors("L118", a -> a.filter(AUTHOR.email.contains(AUTHOR.name)));
        books("L122", b -> b.filter(BOOK.published.year().eq(2020)));
        books("L123", b -> b.filter(BOOK.published.year().gte(2021)));
        books("L124", b -> b.filter(BOOK.published.month().eq(1)));
        books("L125", b -> b.filter(BOOK.created.date().eq(LocalDate.of(2020, 12, 31))));
        books("L126", b -> b.filter(BOOK.created.year().eq(2020)));
        books("L127", b -> b.filter(BOOK.published.dayOfWeek().eq(5)));
        books("L128", b -> b.filter(BOOK.created.lte(LocalDateTime.of(2021, 6, 15, 12, 0))));
    }

    private void aggregates() {
        authors("L136", a -> a.none().aggregate(max(AUTHOR.age), sum(AUTHOR.age), count(AUTHOR.id)));
        authors(
                "L137",
                a -> a.filter(AUTHOR.id.eq(99))
                        .aggregate(
                                sum(AUTHOR.age),
                                count(AUTHOR.id),
                                sum(AUTHOR.age).orElse(0)));
        authors(
                "L138",
                a -> a.filter(AUTHOR.id.in(List.of()))
                        .aggregate(
                                sum(AUTHOR.age),
                                count(AUTHOR.id),
                                sum(AUTHOR.age).orElse(0)));
        authors("L139", a -> a.aggregate(avg(AUTHOR.age), count(AUTHOR.age), count()));
        authors("L140", a -> a.orderBy(AUTHOR.id.asc()).slice(0, 2).sum(AUTHOR.age));
        books("L141", b -> b.select(BOOK.pages).distinct().sum(BOOK.pages));
        authors("L142", a -> {
            var n = AUTHOR.books().count().as("n");
            return a.annotate(n).max(n);
        });
        books(
                "L143",
                b -> b.groupBy(BOOK.pages).select(BOOK.pages, count(BOOK.id)).orderBy(BOOK.pages.asc()));
        books("L145", b -> b.orderBy(BOOK.title.asc()).groupBy(BOOK.pages).select(BOOK.pages, count(BOOK.id)));
    }

    private void annotations() {
        var n = AUTHOR.books().count().as("n");
        authors("L36", a -> a.annotate(n).count());
        authors("L37", a -> a.annotate(n).filter(n.gt(0)).count());
        authors(
                "L133",
                a -> a.filter(AUTHOR.id.eq(1))
                        .select(AUTHOR.books().sum(b -> b.pages), Agg.count("books__reviews"))
                        .get());
        authors(
                "L146",
                a -> a.filter(AUTHOR.books().any(b -> b.pages.gt(100)))
                        .select(AUTHOR.id, n)
                        .orderBy(AUTHOR.id.asc()));
        authors("L148", a -> a.alias(n).filter(n.gt(1), AUTHOR.age.gt(1)).select(AUTHOR.id, n));
        authors(
                "L149",
                a -> a.alias(n)
                        .filter(n.gt(1).or(AUTHOR.age.eq(25)))
                        .orderBy(AUTHOR.id.asc())
                        .select(AUTHOR.id, n));
        authors(
                "L150",
                a -> a.orderBy(AUTHOR.id.asc())
                        .select(AUTHOR.id, AUTHOR.books().count().filter(BOOK.pages.gt(100))));
        authors("L151", a -> a.annotate(AUTHOR.books().count().as("name")));
        calls.put(
                "L154",
                db -> db.objects(AUTHOR)
                        .filter(Q.exists(
                                db.objects(BOOK).filter(BOOK.author().id.eq(outer(AUTHOR.id)), BOOK.pages.gte(300)))));
        calls.put(
                "L155",
                db -> db.objects(AUTHOR)
                        .filter(Q.exists(
                                        db.objects(BOOK).filter(BOOK.author().id.eq(outer(AUTHOR.id))))
                                .not()));
        books("L156", b -> {
            var r = Window.rowNumber()
                    .partitionBy(BOOK.authorId)
                    .orderBy(BOOK.pages.desc())
                    .as("r");
            return b.annotate(r).filter(r.eq(1)).orderBy(BOOK.id.asc()).select(BOOK.id, r);
        });
        books("L157", b -> {
            var r = Window.rank().orderBy(BOOK.pages.asc()).as("r");
            return b.annotate(r).orderBy(r.asc(), BOOK.id.asc()).select(BOOK.id, r);
        });
        books("L200", b -> b.filter(BOOK.id.eq(3)).select(BOOK.pages.div(7)));
        authors(
                "L201",
                a -> a.orderBy(AUTHOR.id.asc())
                        .select(Case.when(AUTHOR.age.isNull(), "n")
                                .when(AUTHOR.age.gt(30), "o")
                                .otherwise("y")));
        authors("L213", a -> a.annotate(n).exclude(n.eq(0)).orderBy(AUTHOR.id.asc()));
        books(
                "L188",
                b -> b.select(BOOK.author().id, BOOK.authorId, BOOK.author().name)
                        .limit(1));
    }

    private void setsAndOrders() {
        authors("L47", a -> a.orderBy(AUTHOR.age.asc(), AUTHOR.name.desc()).reverse());
        authors(
                "L158",
                a -> a.filter(AUTHOR.id.lte(2))
                        .select(AUTHOR.id)
                        .union(a.filter(AUTHOR.id.in(2, 3)).select(AUTHOR.id))
                        .orderBy(AUTHOR.id.desc()));
        authors(
                "L160",
                a -> a.filter(AUTHOR.id.eq(1)).union(a.filter(AUTHOR.id.eq(2))).filter(AUTHOR.name.eq("x")));
        authors(
                "L161",
                a -> a.orderBy(AUTHOR.id.asc())
                        .slice(0, 1)
                        .union(a.orderBy(AUTHOR.id.desc()).slice(0, 1))
                        .orderBy(AUTHOR.id.asc()));
        authors("L164", a -> a.none().union(a.filter(AUTHOR.id.eq(2))));
        authors(
                "L165",
                a -> a.filter(AUTHOR.id.lte(2))
                        .intersect(a.filter(AUTHOR.id.gte(2)))
                        .orderBy(AUTHOR.id.asc()));
        authors(
                "L170",
                a -> a.filter(AUTHOR.age.eq(30)).or(a.filter(AUTHOR.id.eq(1))).orderBy(AUTHOR.id.asc()));
        authors(
                "L172",
                a -> a.filter(AUTHOR.age.eq(30)).xor(a.filter(AUTHOR.id.lte(2))).orderBy(AUTHOR.id.asc()));
        authors(
                "L173",
                a -> a.filter(AUTHOR.id.lte(3).xor(AUTHOR.id.lte(2)).xor(AUTHOR.id.eq(1)))
                        .orderBy(AUTHOR.id.asc()));
        calls.put("L174", db -> db.objects(AUTHOR).or(db.objects(BOOK)));
        authors("L179", a -> a.orderBy(AUTHOR.age.asc().nullsLast(), AUTHOR.id.asc()));
        authors("L180", a -> a.orderBy(AUTHOR.age.asc(), AUTHOR.id.asc()));
        authors("L184", a -> a.orderBy(AUTHOR.name.asc()).unordered());
    }
}
