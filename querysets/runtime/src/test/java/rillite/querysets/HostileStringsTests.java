package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import rillite.core.testing.Seeded;

/**
 * Hostile texts in every place that takes a text. Each call either fails with an error of its own or runs; what is sent
 * holds them only as binds, within quotes, or within a comment; and a table that nobody asked for stays as it was.
 */
final class HostileStringsTests {

    private static final String SCRIPT = """
            CREATE TABLE canary (secret TEXT);
            INSERT INTO canary VALUES ('untouched');
            CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, meta JSON);
            CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT, author_id INTEGER REFERENCES author(id));
            INSERT INTO author VALUES (1, 'Ann', 40, '{"a": {"b": [1]}}');
            INSERT INTO book VALUES (1, 'A1', 1);
            """;

    /** Quoted names, texts and comments, which may hold anything. */
    private static final Pattern QUOTED =
            Pattern.compile("\"(?:[^\"]++|\"\")*+\"|'(?:[^']++|'')*+'|/\\*.*?\\*/", Pattern.DOTALL);

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_ .,()=<>+*/%|?>\\-]*");

    private static final Map<String, BiFunction<Database, String, @Nullable Publisher<?>>> PLACES = places();

    @TempDir
    Path directory;

    private static Map<String, BiFunction<Database, String, @Nullable Publisher<?>>> places() {
        Map<String, BiFunction<Database, String, @Nullable Publisher<?>>> places = new LinkedHashMap<>();
        places.put("table", Database::objects);
        places.put("key", (db, text) -> db.objects("author").filter(text, 1));
        places.put("key of exclude", (db, text) -> db.objects("author").exclude(text, "x"));
        places.put("part of a key", (db, text) -> db.objects("book").filter("author__" + text, 1));
        places.put("lookup", (db, text) -> db.objects("author").filter("name__" + text, "x"));
        places.put("JSON path", (db, text) -> db.objects("author").filter("meta__" + text, 1));
        places.put("JSON key", (db, text) -> db.objects("author").filter("meta__has_key", text));
        places.put("JSON value", (db, text) -> db.objects("author").values("meta__" + text));
        places.put("order", (db, text) -> db.objects("author").orderBy(text));
        places.put("values", (db, text) -> db.objects("author").values(text));
        places.put("distinctOn", (db, text) -> db.objects("author").distinctOn(text));
        places.put("annotation", (db, text) -> db.objects("author").annotate(text, Agg.count("books")));
        places.put(
                "filtered annotation",
                (db, text) -> db.objects("author")
                        .annotate(text, Window.rowNumber().orderBy("id"))
                        .filter(F.of("id").gt(0))
                        .exclude(Q.of("id", 7)));
        places.put(
                "name in a union",
                (db, text) -> db.objects("author")
                        .annotate(text, F.of("age").plus(1))
                        .union(db.objects("author").annotate(text, F.of("age").plus(2)))
                        .orderBy("id"));
        places.put("aggregate", (db, text) -> db.objects("author").aggregate(text, Agg.max("age")));
        places.put("aggregated key", (db, text) -> db.objects("author").aggregate("x", Agg.max(text)));
        places.put("counted key", (db, text) -> db.objects("author").annotate("x", Agg.count(text)));
        places.put(
                "separator", (db, text) -> db.objects("author").annotate("x", Agg.groupConcat("books__title", text)));
        places.put("F", (db, text) -> db.objects("author").filter("age__gt", F.of(text)));
        places.put("F.column", (db, text) -> db.objects("author").filter("age__gt", F.column(text)));
        places.put("F.value", (db, text) -> db.objects("author").annotate("x", F.value(text)));
        places.put(
                "argument of raw SQL",
                (db, text) -> db.objects("author").annotate("x", F.raw("upper({0})", String.class, text)));
        places.put("Q.any", (db, text) -> db.objects("author").filter(Q.any(text, "id", 1)));
        places.put("key in Q.any", (db, text) -> db.objects("author").filter(Q.any("books", text, 1)));
        places.put(
                "filtered relation",
                (db, text) -> db.objects("author")
                        .annotate("b", FilteredRelation.of("books", Q.of("title", text)))
                        .filter("b__isnull", true));
        places.put(
                "name of a filtered relation",
                (db, text) -> db.objects("author")
                        .annotate(text, FilteredRelation.of("books", Q.of("id__gt", 0)))
                        .values("id"));
        places.put(
                "case",
                (db, text) -> db.objects("author")
                        .annotate("x", Case.when(Q.of("name", text), text).otherwise(text)));
        places.put(
                "partition",
                (db, text) -> db.objects("author")
                        .annotate("x", Window.rank().partitionBy(text).orderBy("id")));
        places.put("comment", (db, text) -> db.objects("author").comment(text));
        places.put(
                "outer",
                (db, text) ->
                        db.objects("author").filter(Q.exists(db.objects("book").filter("author", F.outer(text)))));
        places.put(
                "subquery",
                (db, text) -> db.objects("author")
                        .filter(
                                "id__in",
                                db.objects("book").filter("title", text).values("author")));
        places.put("created column", (db, text) -> db.objects("book").create(text, 1));
        places.put("created value", (db, text) -> db.objects("book").create("title", text));
        places.put("updated column", (db, text) -> db.objects("book").update(text, 1));
        places.put("updated value", (db, text) -> db.objects("book").update("title", text));
        places.put("key of a row", (db, text) -> db.objects("author").find(text));
        places.put("in bulk", (db, text) -> db.objects("author").inBulk(List.of(text)));
        places.put(
                "argument of sql",
                (db, text) -> db.sql("SELECT ? AS x", text).values("x").flux());
        for (Lookup lookup : Lookup.values()) {
            places.put(
                    "value of " + lookup.key(),
                    (db, text) -> db.objects("author")
                            .filter("name__" + lookup.key(), lookup == Lookup.IN ? List.of(text) : text));
        }
        return places;
    }

    @TestFactory
    Stream<DynamicTest> hostileText_staysData() {
        List<String> corpus = HostileStrings.corpus();
        assertThat(corpus).hasSizeGreaterThanOrEqualTo(200);
        return PLACES.keySet().stream()
                .map(place -> DynamicTest.dynamicTest(place, () -> {
                    try (Fixture fixture = Fixture.ofScript(Access.BARE, directory, SCRIPT)) {
                        for (String text : corpus) {
                            attempt(fixture, place, text);
                        }
                        check(fixture);
                    }
                }));
    }

    @Test
    void randomText_staysData() {
        try (Fixture fixture = Fixture.ofScript(Access.BARE, directory, SCRIPT)) {
            Seeded.property("random texts stay data").runs(2_000).check(draw -> {
                String place = draw.note("place", draw.pick(List.copyOf(PLACES.keySet())));
                String text = draw.note("text", draw.oneIn(2) ? draw.text("'\"`;-/*[]_%\\?{}$. an") : draw.text());
                attempt(fixture, place, text);
            });
            check(fixture);
        }
    }

    private static void attempt(Fixture fixture, String place, String text) {
        try {
            Publisher<?> call = PLACES.get(place).apply(fixture.db, text);
            Flux.from(call).collectList().block(Fixture.PATIENCE);
        } catch (QueryException expected) {
            assertThat(expected).hasMessageNotContaining("untouched");
        } catch (RuntimeException e) {
            // SQLite's own refusals are fine, for example of a pattern that is too long; syntax errors are not.
            Throwable cause = Exceptions.unwrap(e);
            assertThat(cause).as(place + " " + text).hasMessageNotContaining("syntax error");
            assertThat(cause).as(place + " " + text).isInstanceOfAny(R2dbcException.class, SQLException.class);
        }
        for (String sql : fixture.sent()) {
            String plain = QUOTED.matcher(sql).replaceAll("");
            assertThat(plain).as(place + ": " + sql).matches(PLAIN).doesNotContain("--");
        }
    }

    private static void check(Fixture fixture) {
        assertThat(fixture.jdbc("SELECT * FROM canary")).containsExactly(List.of("untouched"));
        assertThat(fixture.jdbc("SELECT count(*) FROM sqlite_schema")).containsExactly(List.of(3));
        assertThat(fixture.open).hasValue(0);
    }
}
