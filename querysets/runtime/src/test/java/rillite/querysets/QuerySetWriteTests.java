package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** create, update and delete: text, result and what is in the file afterwards. */
@ParameterizedClass
@EnumSource(Access.class)
final class QuerySetWriteTests {

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

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    @Test
    void create_givesTheRowAsStored() {
        Row row = answer(shop.db.objects("publisher").create("name", "Dune Press", "city", null));
        assertThat(shop.sent())
                .containsExactly("INSERT INTO \"publisher\" (\"name\", \"city\") VALUES (?, ?)"
                        + " RETURNING \"publisher\".\"id\", \"publisher\".\"name\", \"publisher\".\"city\"");
        assertThat(row.pk()).isEqualTo(4L);
        assertThat(row.get("city")).isNull();
        assertThat(answer(shop.db.objects("publisher").find(4))).isEqualTo(row);
    }

    @Test
    void create_leftOutColumns_takeDefaults() {
        Row row = answer(books().create(Fields.of("isbn", "1", "title", "New", "authorId", 1, "pages", 10)));
        assertThat(row.get("price")).isEqualTo(new BigDecimal("9.99"));
        assertThat(row.get("in_print")).isEqualTo(true);
        assertThat(row.get("title_length")).isEqualTo(3L);
        assertThat(row.get("published")).isNull();
    }

    @Test
    void create_allTypes_comeBack() {
        byte[] cover = {1, 2, 3};
        Row row = answer(books().create(Fields.of("isbn", "2", "title", "Typed", "author_id", 1, "pages", 10)
                .with("price", new BigDecimal("1234.5"))
                .with("weight", 0.25)
                .with("in_print", false)
                .with("published", LocalDate.of(2024, 2, 29))
                .with("cover", cover)));
        assertThat(row.get("price")).isEqualTo(new BigDecimal("1234.5"));
        assertThat(row.get("weight")).isEqualTo(0.25);
        assertThat(row.get("in_print")).isEqualTo(false);
        assertThat(row.get("published")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(row.get("cover")).isEqualTo(ByteBuffer.wrap(cover));
        assertThat(shop.jdbc("SELECT typeof(price), typeof(in_print), published, typeof(cover) FROM book"
                        + " WHERE isbn = '2'"))
                .containsExactly(Arrays.asList("real", "integer", "2024-02-29", "blob"));
        Row customer = answer(shop.db
                .objects("customer")
                .create(Map.of("email", "x@y.z", "joined", LocalDateTime.of(2024, 5, 6, 7, 8, 9, 120_000_000))));
        assertThat(shop.jdbc("SELECT joined FROM customer WHERE email = 'x@y.z'"))
                .containsExactly(List.of("2024-05-06 07:08:09.120000"));
        assertThat(customer.get("joined")).isEqualTo(LocalDateTime.of(2024, 5, 6, 7, 8, 9, 120_000_000));
    }

    @Test
    void create_withoutFields_isAllDefaults() {
        Row row = answer(shop.db.objects("shelf_note").create(Fields.empty()));
        assertThat(shop.sent().get(0)).startsWith("INSERT INTO \"shelf_note\" DEFAULT VALUES RETURNING");
        assertThat(row.asMap()).containsOnlyKeys("place", "text");
    }

    @Test
    void create_keyGivenAsNull_isGenerated() {
        assertThat(answer(shop.db.objects("publisher").create("id", null, "name", "Auto"))
                        .pk())
                .isEqualTo(4L);
    }

    @Test
    void create_isRepeatedPerSubscription_andLazy() {
        Mono<Row> create = shop.db.objects("shelf_note").create("place", "Z");
        assertThat(shop.sent()).isEmpty();
        answer(create);
        answer(create);
        assertThat(shop.jdbc("SELECT count(*) FROM shelf_note WHERE place = 'Z'"))
                .isEqualTo(List.of(List.of(2)));
    }

    @Test
    void create_whatCannotBe_isRefusedBeforeSending() {
        assertThatThrownBy(() -> books().create("title", "x"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("book.isbn");
        assertThatThrownBy(() -> shop.db.objects("publisher").create("name", null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("NOT NULL");
        assertThatThrownBy(() -> books().create("title_length", 3)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> books().create("author_id", 1, "authorId", 1))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> shop.db.objects("shelf_note").create("place", F.of("text")))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> shop.db.objects("bestseller").create("id", 1))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> shop.db.objects("book_search").create("title", "x"))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> books().values("id").create("title", "x")).isInstanceOf(InvalidQueryException.class);
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void update_setsColumnsOfAllMatchingRows() {
        assertThat(answer(books().filter("author_id", 1).update("price", 5, "weight", null)))
                .isEqualTo(2);
        assertThat(shop.sent())
                .containsExactly("UPDATE \"book\" SET \"price\" = ?, \"weight\" = ? WHERE \"book\".\"author_id\" = ?");
        assertThat(shop.jdbc("SELECT id FROM book WHERE price = 5 AND weight IS NULL ORDER BY id"))
                .containsExactly(List.of(1), List.of(2));
    }

    @Test
    void update_expression_isComputedPerRow() {
        answer(books().update(
                        Map.of("pages", F.of("pages").plus(F.of("title_length")).times(2))));
        assertThat(shop.sent())
                .containsExactly(
                        "UPDATE \"book\" SET \"pages\" = ((\"book\".\"pages\" + \"book\".\"title_length\") * ?)");
        assertThat(shop.jdbc("SELECT pages FROM book WHERE id = 4")).isEqualTo(List.of(List.of(306)));
    }

    @Test
    void update_orderedSlice_touchesOnlyTheSlice() {
        assertThat(answer(books().orderBy("-pages").limit(2).update("in_print", false)))
                .isEqualTo(2);
        assertThat(shop.sent())
                .containsExactly("UPDATE \"book\" SET \"in_print\" = ? WHERE \"book\".\"id\" IN"
                        + " (SELECT \"book\".\"id\" FROM \"book\" ORDER BY \"book\".\"pages\" DESC LIMIT ?)");
        assertThat(shop.jdbc("SELECT id FROM book WHERE in_print = 0 ORDER BY id"))
                .containsExactly(List.of(2), List.of(3), List.of(6));
    }

    @Test
    void update_sliceOfCompositeOrMissingKey_usesRowValuesOrRowid() {
        assertThat(answer(shop.db
                        .objects("order line")
                        .orderBy("ordered")
                        .limit(3)
                        .update("quantity", 9)))
                .isEqualTo(3);
        assertThat(shop.sent().get(0))
                .contains("WHERE (\"order line\".\"order no\", \"order line\".\"line_no\") IN (SELECT");
        assertThat(answer(shop.db.objects("shelf_note").orderBy("text").limit(1).delete()))
                .isEqualTo(Deleted.of("shelf_note", 1));
        assertThat(shop.sent().get(0)).contains("WHERE \"shelf_note\".\"rowid\" IN (SELECT \"shelf_note\".\"rowid\"");
    }

    @Test
    void update_whatCannotBe_isRefusedBeforeSending() {
        assertThatThrownBy(() -> books().update(Fields.empty())).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> books().update("pages", null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> books().update("pages", 1.5)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> books().update("title_length", 1)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> books().limit(1).update("pages", 1)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> shop.db.objects("bestseller").update("sold", 1))
                .isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> shop.db.objects("bestseller").delete()).isInstanceOf(InvalidQueryException.class);
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void delete_givesTheNumberOfRows() {
        assertThat(answer(shop.db.objects("review").filter("stars__lt", 4).delete()))
                .isEqualTo(Deleted.of("review", 2));
        assertThat(shop.sent()).containsExactly("DELETE FROM \"review\" WHERE \"review\".\"stars\" < ?");
        Deleted deleted = answer(shop.db.objects("tag").filter("name", "sea").delete());
        assertThat(deleted.byTable()).containsEntry("tag", 1L).containsKey("book_tag");
        assertThat(deleted.total()).isEqualTo(1 + deleted.byTable().get("book_tag"));
        assertThat(shop.jdbc("SELECT count(*) FROM book_tag WHERE tag_name = 'sea'"))
                .isEqualTo(List.of(List.of(0)));
    }

    @Test
    void write_refusedByTheFile_isTheDriversError() {
        assertThatThrownBy(() -> answer(books().filter("id", 1).update("pages", 0)))
                .isNotInstanceOf(QueryException.class)
                .hasMessageContaining("CHECK");
        Awaitility.await().atMost(Fixture.PATIENCE).until(() -> shop.open.get() == 0);
    }

    @Test
    void write_toVirtualTable_isPossibleInSets() {
        assertThat(answer(shop.db
                        .objects("book_search")
                        .filter("title__contains", "Harbour")
                        .update("body", "sea")))
                .isEqualTo(2);
    }
}
