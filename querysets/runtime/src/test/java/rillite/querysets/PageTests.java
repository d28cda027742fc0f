package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

@ParameterizedClass
@EnumSource(Access.class)
final class PageTests {

    private static final String SCRIPT = """
            CREATE TABLE item (id INTEGER PRIMARY KEY, a, b TEXT COLLATE NOCASE, code TEXT NOT NULL UNIQUE, at DATETIME, r REAL);
            INSERT INTO item (id, a, b, code)
              WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 60)
              SELECT v, CASE v % 7 WHEN 0 THEN NULL WHEN 1 THEN v % 3 WHEN 2 THEN (v % 4) * 1.5 WHEN 3 THEN 'it''s,' || v % 2
                WHEN 4 THEN char(10) || '''' WHEN 5 THEN x'00ff' ELSE 'Ä ""' END,
                CASE v % 5 WHEN 0 THEN NULL WHEN 1 THEN 'X' WHEN 2 THEN 'x' ELSE 'y' END, printf('c%02d', 61 - v) FROM n;
            UPDATE item SET at = '2021-05-0' || (id % 3 + 1) || CASE id % 2 WHEN 0 THEN 'T10:00:00' ELSE ' 10:00:00.5' END,
              r = CASE id % 4 WHEN 0 THEN NULL WHEN 1 THEN 0.1 + 0.2 ELSE id / 3.0 END;
            CREATE TABLE bare (x);
            INSERT INTO bare VALUES (1), (1), (2);
            CREATE VIEW seen AS SELECT a FROM item;
            """;

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private QuerySet<Row> items() {
        return fixture.db.objects("item");
    }

    private static <T> T await(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private static List<Object> keys(List<Row> rows) {
        return rows.stream().map(Row::pk).toList();
    }

    @Test
    void page_hasItemsAndTotal() {
        Page<Row> page = await(items().filter("id__lte", 25).orderBy("-id").page(2, 10));

        assertThat(fixture.sent())
                .containsExactly(
                        "SELECT count(*) FROM \"item\" WHERE \"item\".\"id\" <= ?",
                        "SELECT \"item\".\"id\", \"item\".\"a\", \"item\".\"b\", \"item\".\"code\", \"item\".\"at\","
                                + " \"item\".\"r\" FROM \"item\" WHERE \"item\".\"id\" <= ? ORDER BY \"item\".\"id\" DESC"
                                + " LIMIT ? OFFSET ?");
        assertThat(keys(page.items())).containsExactly(15L, 14L, 13L, 12L, 11L, 10L, 9L, 8L, 7L, 6L);
        assertThat(page.total()).isEqualTo(25);
        assertThat(page.pages()).isEqualTo(3);
        assertThat(page.hasNext()).isTrue();
        assertThat(page.hasPrevious()).isTrue();
        assertThat(page.map(Row::pk).items()).hasSize(10);
        assertThat(fixture.open).hasValue(0);
    }

    @Test
    void page_atTheEnds_saysSo() {
        Page<Row> first = await(items().page(1, 60));
        assertThat(first.hasNext()).isFalse();
        assertThat(first.hasPrevious()).isFalse();
        assertThat(first.pages()).isEqualTo(1);
        fixture.sent();
        Page<Row> behind = await(items().page(3, 30));
        assertThat(behind.items()).isEmpty();
        assertThat(behind.total()).isEqualTo(60);
        assertThat(behind.hasNext()).isFalse();
        assertThat(fixture.sent()).hasSize(1);
        Page<Row> none = await(items().none().page(1, 30));
        assertThat(none.pages()).isZero();
        assertThat(none.hasPrevious()).isFalse();
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void page_ofAnOrderWithEqualRows_addsTheKey() {
        await(items().orderBy("b").page(1, 10));

        assertThat(fixture.sent().get(1)).endsWith(" ORDER BY \"item\".\"b\", \"item\".\"id\" LIMIT ?");
        await(items().orderBy("-code").page(1, 10));
        assertThat(fixture.sent().get(1)).endsWith(" ORDER BY \"item\".\"code\" DESC LIMIT ?");
        await(items().values("a").distinct().page(1, 10));
        assertThat(fixture.sent().get(1))
                .isEqualTo("SELECT DISTINCT \"item\".\"a\" FROM \"item\" ORDER BY \"item\".\"a\" LIMIT ?");
    }

    @Test
    void page_seesOneStateOfTheDatabase() {
        // Rows written between the two statements are in neither of them.
        Page<Row> page =
                await(fixture.db.readOnly(tx -> tx.objects("item").page(1, 5)).single());

        assertThat(page.total()).isEqualTo(60);
        assertThat(page.items()).hasSize(5);
    }

    @Test
    void page_ofProjectionsAndRecords_works() {
        record Code(String code) {}

        Page<Code> page = await(items().orderBy("id").into(Code.class).page(2, 2));

        assertThat(page.items()).containsExactly(new Code("c58"), new Code("c57"));
    }

    @Test
    void page_ofWrongNumbers_throwsAtOnce() {
        assertThatThrownBy(() -> items().page(0, 10))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("Pages are numbered from 1 and have at least 1 row, got page 0 of 10 rows.");
        assertThatThrownBy(() -> items().page(1, 0)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().page(Long.MAX_VALUE, 2)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().limit(3).page(1, 2)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().orderBy("?").page(1, 2)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().pageAfter(null, 0)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().limit(3).pageAfter(null, 2)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().orderRandom().pageAfter(null, 2)).isInstanceOf(InvalidQueryException.class);
    }

    private <T> List<T> walk(Query<?, T, ?> query, int size) {
        List<T> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            fixture.sent();
            CursorPage<T> page = await(query.pageAfter(cursor, size));
            assertThat(fixture.sent()).hasSize(1);
            all.addAll(page.items());
            assertThat(page.items().size()).isLessThanOrEqualTo(size);
            cursor = page.next().orElse(null);
            assertThat(cursor == null || cursor.matches("[A-Za-z0-9_-]+")).isTrue();
        } while (cursor != null);
        return all;
    }

    @Test
    void pageAfter_walksEveryOrder() {
        List<QuerySet<Row>> orders = List.of(
                items(),
                items().orderBy("-id"),
                items().orderBy("a"),
                items().orderBy("-a"),
                items().orderBy("a", "-b"),
                items().orderBy("-b", "a", "-id"),
                items().orderBy(F.of("a").asc().nullsLast(), F.of("b").desc().nullsFirst()),
                items().orderBy(F.of("b").asc().nullsFirst(), F.of("a").desc().nullsLast()),
                items().orderBy("code"),
                items().orderBy("b", "-code"),
                items().orderBy("at", "-r"),
                items().orderBy("-r", "b"),
                items().orderBy(Fn.length("b").desc(), Fn.coalesce("a", "x").asc()),
                items().filter("id__gt", 20).exclude("b", "x").orderBy("r").reverse());
        for (QuerySet<Row> order : orders) {
            List<Object> all = keys(await(new QuerySetProbe(order).sorted()));
            for (int size : List.of(1, 7, 59, 60, 61)) {
                assertThat(keys(walk(order, size)))
                        .as(order.toString() + " by " + size)
                        .isEqualTo(all);
            }
        }
    }

    /** The rows of a query in its order, with the key behind it. */
    private record QuerySetProbe(QuerySet<Row> query) {
        Mono<List<Row>> sorted() {
            return query.with(TotalOrder.of(query.state)).list();
        }
    }

    @Test
    void pageAfter_isOneSearch() {
        CursorPage<Row> first = await(items().orderBy("code").pageAfter(null, 3));
        fixture.sent();
        await(items().orderBy("code").pageAfter(first.next().orElseThrow(), 3));
        assertThat(fixture.sent().get(0)).endsWith(" WHERE \"item\".\"code\" > ? ORDER BY \"item\".\"code\" LIMIT ?");
        first = await(items().orderBy("b").filter("b__isnull", false).pageAfter(null, 3));
        fixture.sent();
        await(items().orderBy("b")
                .filter("b__isnull", false)
                .pageAfter(first.next().orElseThrow(), 3));
        assertThat(fixture.sent().get(0))
                .endsWith(" WHERE \"item\".\"b\" IS NOT NULL AND \"item\".\"b\" >= ? AND (\"item\".\"b\" > ? OR"
                        + " \"item\".\"id\" > ?) ORDER BY \"item\".\"b\", \"item\".\"id\" LIMIT ?");
    }

    @Test
    void pageAfter_ofGroupsValuesAndUnions_works() {
        // X and x are one value of a column that ignores case.
        assertThat(walk(items().values("b").annotate("n", Agg.count("id")).orderBy("-n"), 1))
                .hasSize(3);
        assertThat(walk(items().values("b").distinct(), 2)).hasSize(3);
        assertThat(walk(items().values("code").flat(String.class), 7)).hasSize(60);
        assertThat(walk(items().filter("id__lte", 3).union(items().filter("id", 50)), 1))
                .hasSize(4);
        assertThat(walk(
                        items().annotate(
                                        "row",
                                        Window.rowNumber().orderBy(F.of("id").asc()))
                                .orderBy("-row"),
                        25))
                .hasSize(60);
        assertThat(walk(fixture.db.objects("bare"), 2)).hasSize(3);
    }

    @Test
    void pageAfter_ofRowsThatNothingTellsApart_throwsAtOnce() {
        for (QuerySet<Row> query : List.of(
                fixture.db.objects("seen"),
                fixture.db.objects("seen").orderBy("a"),
                items().unionAll(items()),
                items().values("b").unionAll(items().values("b")))) {
            assertThatThrownBy(() -> query.pageAfter(null, 2))
                    .isInstanceOf(InvalidQueryException.class)
                    .hasMessageContaining("Nothing tells the rows apart");
        }
        assertThat(await(fixture.db.objects("seen").page(1, 2)).total()).isEqualTo(60);
        assertThat(walk(fixture.db.objects("seen").values("a").distinct(), 2)).hasSizeGreaterThan(3);
    }

    @Test
    void pageAfter_rowsThatComeOrGo_moveNothing() {
        CursorPage<Row> first = await(items().orderBy("id").pageAfter(null, 3));
        fixture.jdbc("DELETE FROM item WHERE id IN (1, 3)");
        CursorPage<Row> second =
                await(items().orderBy("id").pageAfter(first.next().orElseThrow(), 3));

        assertThat(keys(second.items())).containsExactly(4L, 5L, 6L);
    }

    @Test
    void pageAfter_ofAnEmptyQuery_sendsNothing() {
        StepVerifier.create(items().none().pageAfter(null, 3))
                .assertNext(page -> assertThat(page.hasNext()).isFalse())
                .verifyComplete();
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void cursor_thatIsDamaged_throwsAtOnce() {
        String cursor = await(items().orderBy("b").pageAfter(null, 3)).next().orElseThrow();
        byte[] bytes = Base64.getUrlDecoder().decode(cursor);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> items().orderBy("b").pageAfter(text, 3)).isInstanceOf(InvalidValueException.class);
        }
        for (String text : List.of("", "x", "not a cursor", "'; DROP TABLE item; --", cursor + "AAAA", "AAAAAAAAAAA")) {
            assertThatThrownBy(() -> items().orderBy("b").pageAfter(text, 3))
                    .as(text)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("Invalid cursor for pageAfter of \"item\"")
                    .hasMessageContaining("Take it from next()");
        }
        assertThat(fixture.jdbc("SELECT count(*) FROM item")).containsExactly(List.of(60));
    }

    @Test
    void cursor_ofAnotherOrder_throwsAtOnce() {
        String cursor = await(items().orderBy("b").pageAfter(null, 3)).next().orElseThrow();

        for (QuerySet<Row> other : List.of(items(), items().orderBy("-b"), items().orderBy("a", "b"))) {
            assertThatThrownBy(() -> other.pageAfter(cursor, 3))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("belongs to a query with another order");
        }
        assertThat(await(items().orderBy("b").filter("id__gt", 1).pageAfter(cursor, 3))
                        .items())
                .hasSize(3);
    }

    @Test
    void dates_areTheBeginsOfPeriods() {
        assertThat(await(items().filter("id__lte", 5).dates("at", DatePart.DAY).collectList()))
                .containsExactly(LocalDate.of(2021, 5, 1), LocalDate.of(2021, 5, 2), LocalDate.of(2021, 5, 3));
        assertThat(await(items().dates("at", DatePart.QUARTER).collectList()))
                .containsExactly(LocalDate.of(2021, 4, 1));
        assertThat(await(items().dates("at", DatePart.WEEK).collectList()))
                .containsExactly(LocalDate.of(2021, 4, 26), LocalDate.of(2021, 5, 3));
        assertThat(await(
                        items().filter("id", 1).datetimes("at", DatePart.SECOND).collectList()))
                .containsExactly(LocalDateTime.of(2021, 5, 2, 10, 0));
        assertThat(await(items().filter("id__lt", 0)
                        .datetimes("at", DatePart.HOUR)
                        .collectList()))
                .isEmpty();
        assertThatThrownBy(() -> items().dates("at", DatePart.HOUR)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items().dates("r", DatePart.YEAR)).isInstanceOf(InvalidLookupException.class);
        assertThatThrownBy(() -> items().limit(1).dates("at", DatePart.YEAR)).isInstanceOf(InvalidQueryException.class);
        fixture.sent();
        assertThat(await(items().none().dates("at", DatePart.YEAR).collectList()))
                .isEmpty();
        assertThat(fixture.sent()).isEmpty();
    }
}
