package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Order, slices, distinct and chosen columns: text, binds and rows. */
@ParameterizedClass
@EnumSource(Access.class)
final class QuerySetOrderTests {

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

    private Asked asked(QuerySet<Row> query) {
        return Asked.of(shop, query);
    }

    private static String tail(QuerySet<?> query) {
        String sql = query.toSql().sql();
        return sql.substring(sql.indexOf("FROM"));
    }

    @Test
    void orderBy_keys_replaceTheFormerOrder() {
        QuerySet<Row> query = books().orderBy("title").orderBy("-publisher_id", "pk");
        assertThat(tail(query)).isEqualTo("FROM \"book\" ORDER BY \"book\".\"publisher_id\" DESC, \"book\".\"id\"");
        asked(query).keys(6L, 3L, 4L, 1L, 2L, 5L);
    }

    @Test
    void orderBy_compositeKey_isAllItsColumns() {
        assertThat(tail(shop.db.objects("order line").orderBy("-pk")))
                .isEqualTo("FROM \"order line\""
                        + " ORDER BY \"order line\".\"order no\" DESC, \"order line\".\"line_no\" DESC");
    }

    @Test
    void orderBy_sorts_placeNulls() {
        QuerySet<Row> query = books().orderBy(F.of("published").desc().nullsFirst());
        assertThat(tail(query)).isEqualTo("FROM \"book\" ORDER BY \"book\".\"published\" DESC NULLS FIRST");
        asked(query).keys(5L, 6L, 4L, 3L, 2L, 1L);
        asked(query.reverse()).keys(1L, 2L, 3L, 4L, 6L, 5L);
    }

    @Test
    void orderBy_transform_isComputed() {
        asked(books().orderBy("title__length", "id")).keys(4L, 6L, 2L, 5L, 1L, 3L);
    }

    @Test
    void reverse_withoutOrder_isTheKeyBackwards() {
        asked(books().reverse()).keys(6L, 5L, 4L, 3L, 2L, 1L);
    }

    @Test
    void orderRandom_isRandomInSql() {
        assertThat(tail(books().orderRandom())).isEqualTo("FROM \"book\" ORDER BY random()");
        assertThat(shop.keys(books().orderRandom())).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void slice_ofSlice_isRelative() {
        QuerySet<Row> query = books().orderBy("id").slice(1, 5).slice(1, 3);
        assertThat(tail(query)).endsWith(" LIMIT ? OFFSET ?");
        asked(query).binds(2L, 2L).keys(3L, 4L);
    }

    @Test
    void slice_withoutEnd_hasNoLimit() {
        QuerySet<Row> query = books().orderBy("id").slice(4);
        assertThat(tail(query)).endsWith(" LIMIT -1 OFFSET ?");
        asked(query).binds(4L).keys(5L, 6L);
    }

    @Test
    void limitAndOffset_inAnyOrder_areTheSamePage() {
        CompiledSql page = books().orderBy("id").offset(2).limit(2).toSql();
        assertThat(books().orderBy("id").limit(2).offset(2).toSql()).isEqualTo(page);
        assertThat(page.binds()).containsExactly(2L, 2L);
    }

    @Test
    void slice_withoutPlaceForRows_sendsNothing() {
        assertThat(shop.keys(books().limit(0))).isEmpty();
        assertThat(shop.keys(books().slice(3, 3))).isEmpty();
        assertThat(shop.keys(books().slice(0, 2).slice(7))).isEmpty();
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void slice_farBeyondTheEnd_isEmpty() {
        assertThat(shop.keys(books().slice(Long.MAX_VALUE).slice(Long.MAX_VALUE)))
                .isEmpty();
        assertThat(shop.keys(books().orderBy("id").limit(Long.MAX_VALUE))).hasSize(6);
    }

    @Test
    void verbs_afterSlice_areRefused() {
        QuerySet<Row> sliced = books().orderBy("id").limit(2);
        assertThatThrownBy(() -> sliced.filter("id", 1)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> sliced.exclude("id", 1)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> sliced.orderBy("id")).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(sliced::unordered).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(sliced::reverse).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(sliced::distinct).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(sliced::last).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(sliced::get).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> sliced.find(1)).isInstanceOf(InvalidQueryException.class);
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void values_readOnlyWhatIsNamed() {
        QuerySet<Row> query =
                books().values("title", "authorId", "pk").orderBy("id").limit(1);
        assertThat(query.toSql().sql())
                .startsWith("SELECT \"book\".\"title\", \"book\".\"author_id\", \"book\".\"id\" FROM");
        Row row = query.first().block(Fixture.PATIENCE);
        assertThat(row).isNotNull();
        assertThat(row.asMap())
                .containsExactly(
                        java.util.Map.entry("title", "The Quiet Harbour"),
                        java.util.Map.entry("authorId", 1L),
                        java.util.Map.entry("pk", 1L));
        assertThat(row.unloadedNames()).contains("isbn", "pages").doesNotContain("title", "author_id", "id");
    }

    @Test
    void values_distinct_dropsRepetitions() {
        QuerySet<Row> query = books().values("author_id").distinct().orderBy("author_id");
        assertThat(query.toSql().sql())
                .isEqualTo("SELECT DISTINCT \"book\".\"author_id\" FROM \"book\" ORDER BY \"book\".\"author_id\"");
        assertThat(query.flat(Long.class).list().block(Fixture.PATIENCE)).containsExactly(1L, 2L, 3L, 4L);
        shop.sent();
        assertThat(query.count().block(Fixture.PATIENCE)).isEqualTo(4);
        assertThat(shop.sent())
                .containsExactly("SELECT count(*) FROM (SELECT DISTINCT \"book\".\"author_id\" FROM \"book\")");
    }

    @Test
    void distinct_wholeRows_isNoWork() {
        assertThat(books().distinct().toSql()).isEqualTo(books().toSql());
    }

    @Test
    void distinct_tableWithoutKeyOfItsOwn_keepsTwins() {
        assertThat(shop.db.objects("shelf_note").distinct().count().block(Fixture.PATIENCE))
                .isEqualTo(3);
        assertThat(shop.db.objects("shelf_note").values().distinct().count().block(Fixture.PATIENCE))
                .isEqualTo(2);
    }

    @Test
    void flat_notNullColumn_isPlainValues() {
        assertThat(books().orderBy("id")
                        .limit(2)
                        .values("title")
                        .flat(String.class)
                        .list()
                        .block(Fixture.PATIENCE))
                .isEqualTo(List.of("The Quiet Harbour", "Harbour Lights"));
    }

    @Test
    void flat_nullableColumn_needsAFilter() {
        assertThatThrownBy(() -> books().values("published").flat(String.class))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("flatOptional");
        assertThat(books().filter("published__isnull", false)
                        .filter("pages__gt", 400)
                        .values("published")
                        .flat(String.class)
                        .list()
                        .block(Fixture.PATIENCE))
                .containsExactly("2010-12-31", "2020-01-01");
        assertThat(books().orderBy("id")
                        .values("weight")
                        .flatOptional(Double.class)
                        .list()
                        .block(Fixture.PATIENCE))
                .hasSize(6)
                .contains(java.util.Optional.empty(), java.util.Optional.of(0.41));
    }
}
