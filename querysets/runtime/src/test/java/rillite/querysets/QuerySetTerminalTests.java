package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a query can be asked for: text, result and number of statements. */
@ParameterizedClass
@EnumSource(Access.class)
final class QuerySetTerminalTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture shop;

    @AfterEach
    void close() {
        shop.close();
    }

    @BeforeEach
    void open() {
        shop = Fixture.bookshop(access, directory);
    }

    private QuerySet<Row> books() {
        return shop.db.objects("book");
    }

    private <T> T answer(Mono<T> mono, String... statements) {
        T answer = mono.block(Fixture.PATIENCE);
        assertThat(shop.sent()).containsExactly(statements);
        return answer;
    }

    private static Mono<Object> key(Mono<Row> row) {
        return row.map(Row::pk);
    }

    @Test
    void count_dropsTheOrder() {
        assertThat(answer(
                        books().filter("pages__gt", 100).orderBy("title").count(),
                        "SELECT count(*) FROM \"book\" WHERE \"book\".\"pages\" > ?"))
                .isEqualTo(5);
    }

    @Test
    void count_ofSlice_countsTheSlice() {
        assertThat(answer(
                        books().orderBy("title").slice(4, 9).count(),
                        "SELECT count(*) FROM (SELECT 1 FROM \"book\" LIMIT ? OFFSET ?)"))
                .isEqualTo(2);
    }

    @Test
    void exists_readsNothing() {
        assertThat(answer(
                        books().filter("pages__gt", 505).orderBy("id").exists(),
                        "SELECT (EXISTS (SELECT 1 FROM \"book\" WHERE \"book\".\"pages\" > ?))"))
                .isFalse();
        assertThat(books().limit(1).exists().block(Fixture.PATIENCE)).isTrue();
    }

    @Test
    void none_sendsNothing() {
        QuerySet<Row> none = books().none();
        assertThat(answer(none.list())).isEmpty();
        assertThat(answer(none.count())).isZero();
        assertThat(answer(none.exists())).isFalse();
        assertThat(answer(none.update("pages", 1))).isZero();
        assertThat(answer(none.delete()).total()).isZero();
        assertThat(answer(none.inBulk(List.of(1)))).isEmpty();
        assertThat(answer(none.explain()).steps()).isEmpty();
        assertThat(none.first().block(Fixture.PATIENCE)).isNull();
        assertThat(none.orderBy("id").filter("pages", 3).toSql().sql()).endsWith("WHERE 0 ORDER BY \"book\".\"id\"");
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void first_withoutOrder_isByKey() {
        assertThat(key(books().filter("author_id", 4).first()).block(Fixture.PATIENCE))
                .isEqualTo(5L);
        assertThat(shop.sent().get(0)).endsWith("WHERE \"book\".\"author_id\" = ? ORDER BY \"book\".\"id\" LIMIT ?");
        assertThat(key(books().orderBy("-pages").first()).block(Fixture.PATIENCE))
                .isEqualTo(6L);
        assertThat(key(books().orderBy("-pages").slice(1).first()).block(Fixture.PATIENCE))
                .isEqualTo(3L);
    }

    @Test
    void last_turnsTheOrderRound() {
        assertThat(key(books().last()).block(Fixture.PATIENCE)).isEqualTo(6L);
        assertThat(key(books().orderBy("-pages").last()).block(Fixture.PATIENCE))
                .isEqualTo(5L);
        assertThat(key(books().latest("published")).block(Fixture.PATIENCE)).isEqualTo(6L);
    }

    @Test
    void first_ofTableWithoutKey_usesTheRowid() {
        Row note = answer(
                shop.db.objects("shelf_note").last(),
                "SELECT \"shelf_note\".\"place\", \"shelf_note\".\"text\" FROM \"shelf_note\""
                        + " ORDER BY \"shelf_note\".\"rowid\" DESC LIMIT ?");
        assertThat(note.get("place")).isEqualTo("B2");
    }

    @Test
    void first_ofView_takesAnyRow() {
        assertThat(answer(
                                shop.db.objects("bestseller").filter("id", 1).first(),
                                "SELECT \"bestseller\".\"id\", \"bestseller\".\"title\", \"bestseller\".\"sold\""
                                        + " FROM \"bestseller\" WHERE \"bestseller\".\"id\" = ? LIMIT ?")
                        .get("title"))
                .isEqualTo("The Quiet Harbour");
    }

    @Test
    void get_oneRow_isThatRow() {
        assertThat(key(books().get("isbn", "9780000000028")).block(Fixture.PATIENCE))
                .isEqualTo(2L);
        assertThat(key(books().get(Q.of("pages", 95))).block(Fixture.PATIENCE)).isEqualTo(5L);
    }

    @Test
    void get_noneOrSeveral_isAnError() {
        StepVerifier.create(books().get("pages", 1))
                .expectError(NotFoundException.class)
                .verify(Fixture.PATIENCE);
        StepVerifier.create(books().get("author_id", 1))
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOf(MultipleObjectsException.class)
                            .hasMessageContaining("2 match");
                    assertThat(((MultipleObjectsException) error).found()).isEqualTo(2);
                })
                .verify(Fixture.PATIENCE);
        StepVerifier.create(shop.db.objects("order line").get())
                .expectErrorMessage("get() expects one row of order line, at least 21 match.")
                .verify(Fixture.PATIENCE);
    }

    @Test
    void find_byKey_isOneRowOrEmpty() {
        assertThat(key(books().find(3)).block(Fixture.PATIENCE)).isEqualTo(3L);
        assertThat(shop.sent().get(0)).endsWith(" WHERE \"book\".\"id\" = ?");
        assertThat(books().find(99).block(Fixture.PATIENCE)).isNull();
        Row link = shop.db.objects("book_tag").find(List.of(2, "sea")).block(Fixture.PATIENCE);
        assertThat(link).isNotNull();
        assertThat(shop.db.objects("book_tag").find(link).block(Fixture.PATIENCE))
                .isEqualTo(link);
        assertThat(key(shop.db.objects("tag").find("sea")).block(Fixture.PATIENCE))
                .isEqualTo("sea");
    }

    @Test
    void contains_keyOrRow_isMembership() {
        assertThat(books().filter("author_id", 1).contains(2).block(Fixture.PATIENCE))
                .isTrue();
        Row row = books().find(3).block(Fixture.PATIENCE);
        assertThat(row).isNotNull();
        assertThat(books().filter("author_id", 1).contains(row).block(Fixture.PATIENCE))
                .isFalse();
    }

    @Test
    void inBulk_byKeyOrUniqueColumn_isAMap() {
        Map<Object, Row> some = books().inBulk(List.of(4, 2, 4, 77)).block(Fixture.PATIENCE);
        assertThat(some).containsOnlyKeys(2L, 4L);
        assertThat(shop.sent()).hasSize(1);
        assertThat(books().inBulk("isbn", List.of("9780000000011")).block(Fixture.PATIENCE))
                .containsOnlyKeys("9780000000011");
        assertThat(shop.db
                        .objects("customer")
                        .inBulk("email", List.of("MATS@example.org"))
                        .block(Fixture.PATIENCE))
                .containsOnlyKeys("Mats@example.org");
    }

    @Test
    void explain_isATreeOfSteps() {
        Plan plan = books().filter("author_id", 1).explain().block(Fixture.PATIENCE);
        assertThat(plan).isNotNull();
        assertThat(plan.steps().get(0).detail()).isEqualTo("SEARCH book USING INDEX book_author (author_id=?)");
        Plan nested =
                books().filter("id__in", List.of(1)).orderBy("title").explain().block(Fixture.PATIENCE);
        assertThat(nested).isNotNull();
        assertThat(nested.toString())
                .contains("SEARCH book USING INTEGER PRIMARY KEY (rowid=?)\nLIST SUBQUERY")
                .contains("\n  SCAN json_each")
                .endsWith("USE TEMP B-TREE FOR ORDER BY");
    }

    @Test
    void querySet_isAPublisher_thatRunsPerSubscription() {
        QuerySet<Row> query = books().filter("author_id", 1);
        Flux<Row> flux = Flux.from(query);
        assertThat(shop.sent()).isEmpty();
        StepVerifier.create(flux).expectNextCount(2).verifyComplete();
        shop.jdbc("UPDATE book SET author_id = 5 WHERE id = 2");
        StepVerifier.create(flux).expectNextCount(1).verifyComplete();
        assertThat(shop.sent()).hasSize(2);
    }

    @Test
    void flux_cancelled_releasesTheConnection() {
        StepVerifier.create(shop.db.objects("order line").fetchSize(7).flux(), 0)
                .expectSubscription()
                .thenRequest(2)
                .expectNextCount(2)
                .then(() -> assertThat(shop.open).hasValue(1))
                .thenRequest(1)
                .expectNextCount(1)
                .thenCancel()
                .verify(Fixture.PATIENCE);
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> shop.open.get() == 0);
    }

    @Test
    void flux_errorInTheMapper_releasesTheConnection() {
        QuerySet<Boolean> wrong = books().values("title").flat(Boolean.class);
        StepVerifier.create(wrong).expectError(InvalidValueException.class).verify(Fixture.PATIENCE);
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> shop.open.get() == 0);
    }

    @Test
    void combine_queriesOfOneTable_mergesConditions() {
        QuerySet<Row> both = books().filter("author_id", 1)
                .or(books().filter("pages__gt", 500))
                .orderBy("id");
        assertThat(shop.keys(both)).containsExactly(1L, 2L, 6L);
        QuerySet<Row> longest = books().orderBy("-pages").limit(2);
        Asked.of(shop, books().filter("author_id", 4).or(longest).orderBy("id"))
                .where("\"book\".\"author_id\" = ? OR \"book\".\"id\" IN (SELECT \"book\".\"id\" FROM \"book\""
                        + " ORDER BY \"book\".\"pages\" DESC LIMIT ?) ORDER BY \"book\".\"id\"")
                .keys(3L, 5L, 6L);
        assertThat(shop.keys(longest.and(longest))).containsExactlyInAnyOrder(3L, 6L);
        assertThat(shop.keys(books().none().or(books().filter("id", 1)))).containsExactly(1L);
    }
}
