package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactory;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.Agg;
import rillite.querysets.Case;
import rillite.querysets.Database;
import rillite.querysets.DatabaseOptions;
import rillite.querysets.DatePart;
import rillite.querysets.Deleted;
import rillite.querysets.F;
import rillite.querysets.Fn;
import rillite.querysets.Q;
import rillite.querysets.Query;
import rillite.querysets.QuerySet;
import rillite.querysets.Range;
import rillite.querysets.RawQuery;
import rillite.querysets.RawSql;
import rillite.querysets.Row;
import rillite.querysets.SqlFunctions;
import rillite.querysets.Transaction;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;

/** reference/querysets.md */
final class QuerySetsTests {
    private static final String PAGE = Pages.text("reference/querysets.md");
    private static final String SELECT = "SELECT \"author\".\"id\", \"author\".\"name\", \"author\".\"email\","
            + " \"author\".\"age\", \"author\".\"seen_at\" FROM \"author\"";

    private SqliteConnectionFactory connections;
    private Database database;
    private QuerySet<Row> authors;

    @BeforeEach
    void open(@TempDir Path folder) {
        connections = Scratch.in(folder);
        // tag::schema[]
        String author = """
                CREATE TABLE author (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL,
                    email TEXT UNIQUE,
                    age INTEGER,
                    seen_at DATETIME
                )""";
        // end::schema[]
        Scratch.run(
                connections,
                author,
                "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, pages INTEGER, author_id INTEGER REFERENCES author)",
                "CREATE TABLE shelf (room TEXT, place INTEGER, PRIMARY KEY (room, place)) WITHOUT ROWID",
                "INSERT INTO author (name, email, age) VALUES ('Ada', 'ada@example.org', 36), ('Ben', NULL, 20)");
        database = Scratch.await(Database.over(connections));
        authors = database.objects("author");
    }

    @AfterEach
    void close() {
        Scratch.close(connections);
    }

    private static void shows(QuerySet<?> query, String rest) {
        assertThat(query.toSql().sql()).isEqualTo(SELECT + " " + rest);
        assertThat(PAGE).contains("`" + rest.replaceFirst("^WHERE ", "") + "`");
    }

    @Test
    void first_example(@TempDir Path other) {
        Path file = other.resolve("library.db");
        // tag::open[]
        Mono<Database> opened = Database.open(file);
        // end::open[]
        StepVerifier.create(opened.flatMap(Database::close)).verifyComplete();

        // tag::example[]
        Flux<Row> adults = database.objects("author")
                .filter("age__gte", 18, "email__isnull", false)
                .orderBy("-age", "name")
                .limit(10)
                .flux();
        // end::example[]
        StepVerifier.create(adults.map(row -> row.get("name", String.class)))
                .expectNext("Ada")
                .verifyComplete();
    }

    @Test
    void lookups_haveTheSqlOfThePage() {
        shows(authors.filter("name", "x"), "WHERE \"author\".\"name\" = ?");
        shows(authors.filter("email__exact", null), "WHERE \"author\".\"email\" IS NULL");
        shows(authors.filter("name__iexact", "x"), "WHERE \"author\".\"name\" = ? COLLATE NOCASE");
        shows(authors.filter("name__contains", "x"), "WHERE instr(\"author\".\"name\", ?) > 0");
        shows(authors.filter("name__icontains", "x"), "WHERE \"author\".\"name\" LIKE ? ESCAPE '\\'");
        shows(authors.filter("name__istartswith", "x"), "WHERE \"author\".\"name\" LIKE ? ESCAPE '\\'");
        shows(authors.filter("name__iendswith", "x"), "WHERE \"author\".\"name\" LIKE ? ESCAPE '\\'");
        shows(authors.filter("name__like", "x%"), "WHERE \"author\".\"name\" LIKE ? ESCAPE '\\'");
        shows(authors.filter("name__startswith", "x"), "WHERE \"author\".\"name\" >= ? AND \"author\".\"name\" < ?");
        shows(authors.filter("name__endswith", "x"), "WHERE substr(\"author\".\"name\", ?) = ?");
        shows(authors.filter("age__gt", 1), "WHERE \"author\".\"age\" > ?");
        shows(authors.filter("age__gte", 1), "WHERE \"author\".\"age\" >= ?");
        shows(authors.filter("age__lt", 1), "WHERE \"author\".\"age\" < ?");
        shows(authors.filter("age__lte", 1), "WHERE \"author\".\"age\" <= ?");
        shows(authors.filter("age__range", Range.of(1, 2)), "WHERE \"author\".\"age\" BETWEEN ? AND ?");
        shows(authors.filter("id__in", List.of(1, 2)), "WHERE \"author\".\"id\" IN (SELECT value FROM json_each(?))");
        shows(
                authors.filter("id__in", authors.filter("age__gt", 1).values("id")),
                "WHERE \"author\".\"id\" IN (SELECT \"author\".\"id\" FROM \"author\" WHERE \"author\".\"age\" > ?)");
        shows(authors.filter("email__isnull", true), "WHERE \"author\".\"email\" IS NULL");
        shows(authors.filter("email__isnull", false), "WHERE \"author\".\"email\" IS NOT NULL");
    }

    private static void has(QuerySet<?> query, String part) {
        assertThat(query.toSql().sql()).contains(part);
        assertThat(PAGE).contains("`" + part + "`");
    }

    @Test
    void relations_haveTheSqlOfThePage() {
        QuerySet<Row> books = database.objects("book");
        has(books.filter("author__name", "x"), "JOIN \"author\" ON \"author\".\"id\" = \"book\".\"author_id\"");
        has(books.filter("author", 1), "\"book\".\"author_id\" = ?");
        has(books.filter("author__isnull", true), "\"book\".\"author_id\" IS NULL");
        has(
                authors.filter("books__title", "x"),
                "EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\" AND \"book\".\"title\" = ?)");
        has(
                authors.filter("books__isnull", true),
                "NOT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\"))");
        has(
                authors.annotate("n", Agg.count("books")),
                "(SELECT count(*) FROM \"book\" WHERE \"book\".\"author_id\" = \"author\".\"id\")");
        has(
                authors.annotate("old", Case.when(Q.of("age__gt", 60), "yes").otherwise("no")),
                "CASE WHEN \"author\".\"age\" > ? THEN ? ELSE ? END");
        has(authors.annotate("old", Q.of("age__gt", 60)), "(\"author\".\"age\" > ?)");
        has(authors.annotate("low", F.raw("lower({0})", String.class, F.of("name"))), "(lower(\"author\".\"name\"))");
    }

    @Test
    void fn_computesForEachRow() {
        // tag::fn[]
        QuerySet<Row> named = authors.annotate("shown", Fn.concat("name", " <", F.of("email"), ">"))
                .filter(Fn.length("name").gt(2))
                .orderBy(Fn.coalesce("age", 0).desc());
        // end::fn[]
        StepVerifier.create(named.flux().map(row -> String.valueOf(row.get("shown"))))
                .expectNext("Ada <ada@example.org>", "Ben <>")
                .verifyComplete();
    }

    @Test
    void everyFunction_isOnThePage() {
        Arrays.stream(Fn.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(java.lang.reflect.Method::getName)
                .distinct()
                .forEach(name -> assertThat(PAGE).as(name).contains("`Fn." + name + "("));
    }

    @Test
    void datesAndPages_haveTheSqlOfThePage() {
        StepVerifier.create(authors.dates("seen_at", DatePart.YEAR)).verifyComplete();
        StepVerifier.create(authors.orderBy("name").pageAfter(null, 1))
                .assertNext(page -> assertThat(page.hasNext()).isTrue())
                .verifyComplete();
        StepVerifier.create(authors.page(2, 1))
                .assertNext(page -> assertThat(page.pages()).isEqualTo(2))
                .verifyComplete();
    }

    @Test
    void functions_areAddedToAFactory(@TempDir Path other) {
        String url = "r2dbc:sqlite:file:///" + other.resolve("library.db");
        // tag::functions[]
        SqliteConnectionConfiguration plain = SqliteConnectionConfiguration.fromUrl(url);
        ConnectionFactory factory = SqliteConnectionFactory.from(
                SqlFunctions.addTo(plain.toBuilder()).build());
        // end::functions[]
        Scratch.run(factory, "CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT)");
        Database known = Scratch.await(Database.over(factory));

        assertThat(known.objects("author").filter("name__regex", "^A").toSql().sql())
                .endsWith("WHERE regexp(?, \"author\".\"name\")");
        assertThat(known.objects("author").filter("name__iexact", "é").toSql().sql())
                .endsWith("WHERE rl_fold(\"author\".\"name\") = ?");
        StepVerifier.create(known.objects("author").filter("name__iregex", "é").count())
                .expectNext(0L)
                .verifyComplete();
        Scratch.close((SqliteConnectionFactory) factory);
    }

    @Test
    void transforms_haveTheSqlOfThePage() {
        String range = "WHERE \"author\".\"seen_at\" >= ? AND \"author\".\"seen_at\" < ?";
        shows(authors.filter("seen_at__year", 2026), range);
        shows(authors.filter("seen_at__date", LocalDate.of(2026, 1, 31)), range);
        shows(authors.filter("seen_at__time", LocalTime.NOON), "WHERE time(\"author\".\"seen_at\") = ?");
        part("iso_year", "%G");
        part("month", "%m");
        part("day", "%d");
        part("hour", "%H");
        part("minute", "%M");
        part("second", "%S");
        part("week", "%V");
        part("iso_week_day", "%u");
        shows(
                authors.filter("seen_at__quarter", 1),
                "WHERE ((CAST(strftime('%m', \"author\".\"seen_at\") AS INTEGER) + 2) / 3) = ?");
        shows(
                authors.filter("seen_at__week_day", 1),
                "WHERE (CAST(strftime('%w', \"author\".\"seen_at\") AS INTEGER) + 1) = ?");
        shows(authors.filter("name__length__gt", 1), "WHERE length(\"author\".\"name\") > ?");
        shows(authors.filter("name__trim", "x"), "WHERE trim(\"author\".\"name\") = ?");
        shows(authors.filter("age__abs", 1), "WHERE abs(\"author\".\"age\") = ?");
    }

    private void part(String transform, String format) {
        assertThat(PAGE).contains("| `" + transform + "` |");
        assertThat(authors.filter("seen_at__" + transform, 1).toSql().sql())
                .endsWith("CAST(strftime('" + format + "', \"author\".\"seen_at\") AS INTEGER) = ?");
        assertThat(PAGE).contains("`CAST(strftime('" + format + "', \"author\".\"seen_at\") AS INTEGER) = ?`");
    }

    @Test
    void conditions_haveTheSqlOfThePage() {
        // tag::q[]
        Q<Object> adult = Q.of("age__gte", 18);
        Q<Object> ada = Q.of("name", "Ada");
        QuerySet<Row> either = authors.filter(adult.or(ada));
        // end::q[]
        shows(either, "WHERE \"author\".\"age\" >= ? OR \"author\".\"name\" = ?");
        shows(authors.filter(adult.and(ada)), "WHERE \"author\".\"age\" >= ? AND \"author\".\"name\" = ?");
        shows(
                authors.filter(adult.xor(ada)),
                "WHERE ((((\"author\".\"age\" >= ?) IS TRUE) + ((\"author\".\"name\" = ?) IS TRUE)) % 2 = 1)");
        shows(authors.filter(adult.not()), "WHERE (\"author\".\"age\" >= ?) IS NOT TRUE");
        shows(authors.exclude("age__gte", 18), "WHERE (\"author\".\"age\" >= ?) IS NOT TRUE");
        shows(authors.exclude("name", "Ada"), "WHERE NOT (\"author\".\"name\" = ?)");
        // tag::f[]
        QuerySet<Row> older = authors.filter("age__gt", F.of("id").plus(1));
        // end::f[]
        shows(older, "WHERE \"author\".\"age\" > (\"author\".\"id\" + ?)");
    }

    @Test
    void order_andWindow_haveTheSqlOfThePage() {
        shows(authors.orderBy("-age", "name"), "ORDER BY \"author\".\"age\" DESC, \"author\".\"name\"");
        shows(authors.orderBy(F.of("age").desc().nullsLast()), "ORDER BY \"author\".\"age\" DESC NULLS LAST");
        shows(authors.orderBy("?"), "ORDER BY random()");
        shows(authors.reverse(), "ORDER BY \"author\".\"id\" DESC");
        shows(authors.limit(10), "LIMIT ?");
        shows(authors.offset(20), "LIMIT -1 OFFSET ?");
        shows(authors.slice(20, 30), "LIMIT ? OFFSET ?");
        assertThat(authors.values("name").distinct().toSql().sql())
                .isEqualTo("SELECT DISTINCT \"author\".\"name\" FROM \"author\"")
                .satisfies(sql -> assertThat(PAGE).contains("`" + sql + "`"));
        assertThat(database.objects("shelf").byId(List.of("a", 1)).toSql().sql())
                .endsWith("WHERE \"shelf\".\"room\" = ? AND \"shelf\".\"place\" = ?");
    }

    @Test
    void writes_returnWhatThePageSays() {
        // tag::write[]
        Mono<Row> zoe = authors.create("name", "Zoe", "age", 30);
        Mono<Long> older =
                authors.filter("name", "Zoe").update("age", F.of("age").plus(1));
        Mono<Deleted> gone = authors.filter("age__lt", 25).delete();
        // end::write[]

        StepVerifier.create(zoe.map(Row::pk)).expectNext(3L).verifyComplete();
        StepVerifier.create(older).expectNext(1L).verifyComplete();
        StepVerifier.create(gone.map(Deleted::total)).expectNext(1L).verifyComplete();
        StepVerifier.create(authors.get("name", "Zoe").map(row -> row.get("age", Integer.class)))
                .expectNext(31)
                .verifyComplete();
    }

    @Test
    void read_givesTypedValues() {
        // tag::read[]
        Mono<String> summary = authors.get("id", 1).map(row -> {
            Long id = row.get("id", Long.class);
            String name = row.get("name", String.class);
            Integer age = row.get("age", Integer.class);
            return id + " " + name + " " + age;
        });
        // end::read[]
        StepVerifier.create(summary).expectNext("1 Ada 36").verifyComplete();

        // tag::flat[]
        Flux<String> names = authors.values("name").flat(String.class).flux();
        // end::flat[]
        StepVerifier.create(names).expectNext("Ada", "Ben").verifyComplete();
    }

    @Test
    void everyVerb_isOnThePage() {
        Stream.of(QuerySet.class, QuerySet.class.getSuperclass(), Query.class, Query.class.getSuperclass())
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .filter(name -> !List.of("toString", "subscribe").contains(name))
                .distinct()
                .forEach(verb -> assertThat(PAGE).as(verb).containsPattern("`" + verb + "\\("));
    }

    @Test
    void everyMethodOfTransactionsAndRawSql_isOnThePage() {
        Stream.of(Database.class, Transaction.class, RawSql.class, RawQuery.class, DatabaseOptions.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .map(java.lang.reflect.Method::getName)
                .filter(name ->
                        !List.of("toString", "equals", "hashCode", "subscribe").contains(name))
                .distinct()
                .forEach(name -> assertThat(PAGE).as(name).containsPattern("[`.]" + name + "\\("));
    }

    @Test
    void everyLookup_isOnThePage() throws ClassNotFoundException {
        List<String> known = new ArrayList<>();
        for (String kind : List.of("Lookup", "Transform")) {
            for (Object name : Class.forName("rillite.querysets." + kind).getEnumConstants()) {
                known.add(name.toString().toLowerCase(Locale.ROOT));
            }
        }

        assertThat(known)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(PAGE).contains("| `" + name + "` |"));
    }
}
