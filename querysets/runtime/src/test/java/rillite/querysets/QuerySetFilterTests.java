package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Conditions: text, binds and rows. */
@ParameterizedClass
@EnumSource(Access.class)
final class QuerySetFilterTests {

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

    private QuerySet<Row> authors() {
        return shop.db.objects("author");
    }

    private Asked asked(QuerySet<Row> query) {
        return Asked.of(shop, query);
    }

    @Test
    void objects_withoutCondition_readsAllColumnsByName() {
        asked(shop.db.objects("publisher"))
                .sql("SELECT \"publisher\".\"id\", \"publisher\".\"name\", \"publisher\".\"city\" FROM \"publisher\"")
                .binds()
                .keys(1L, 2L, 3L);
    }

    @Test
    void filter_severalPairs_areAllRequired() {
        asked(books().filter("pages__gte", 150, "author_id", 1))
                .where("\"book\".\"pages\" >= ? AND \"book\".\"author_id\" = ?")
                .binds(150L, 1L)
                .keys(1L, 2L);
    }

    @Test
    void filter_calledTwice_isBoth() {
        asked(books().filter("pages__gte", 150).filter(Map.of("in_print", true)))
                .where("\"book\".\"pages\" >= ? AND \"book\".\"in_print\" = ?")
                .binds(150L, 1L)
                .keys(1L, 3L, 4L, 6L);
    }

    @Test
    void filter_propertyNameAndPk_nameColumns() {
        asked(books().filter("authorId", 4, "pk__gt", 5))
                .where("\"book\".\"author_id\" = ? AND \"book\".\"id\" > ?")
                .binds(4L, 5L)
                .keys(6L);
    }

    @Test
    void filterPresent_null_changesNothing() {
        assertThat(books().filterPresent("pages", null).toSql()).isEqualTo(books().toSql());
        asked(books().filterPresent("pages", 95))
                .where("\"book\".\"pages\" = ?")
                .keys(5L);
    }

    @Test
    void exact_null_isNull() {
        asked(books().filter("publisher_id", null))
                .where("\"book\".\"publisher_id\" IS NULL")
                .binds()
                .keys(5L);
    }

    @Test
    void exact_collatedColumn_followsItsCollation() {
        asked(authors().filter("country", "FR"))
                .where("\"author\".\"country\" = ?")
                .keys(3L);
    }

    @Test
    void exclude_nullableColumn_keepsNulls() {
        asked(books().exclude("publisher_id", 1))
                .where("(\"book\".\"publisher_id\" = ?) IS NOT TRUE")
                .binds(1L)
                .keys(3L, 4L, 5L, 6L);
    }

    @Test
    void exclude_columnThatIsNeverNull_isPlainNot() {
        asked(books().exclude("pages__gt", 300))
                .where("NOT (\"book\".\"pages\" > ?)")
                .keys(2L, 4L, 5L);
    }

    @Test
    void exclude_isnull_turnsRound() {
        asked(books().exclude("published__isnull", true))
                .where("\"book\".\"published\" IS NOT NULL")
                .keys(1L, 2L, 3L, 4L, 6L);
    }

    @Test
    void exclude_severalConditions_areOneCondition() {
        asked(books().exclude("author_id", 1, "in_print", false))
                .where("NOT (\"book\".\"author_id\" = ? AND \"book\".\"in_print\" = ?)")
                .keys(1L, 3L, 4L, 5L, 6L);
    }

    @Test
    void not_twice_isTheConditionItself() {
        Q<Object> q = Q.of("publisher_id", 1);
        assertThat(books().filter(q.not().not()).toSql())
                .isEqualTo(books().filter(q).toSql());
    }

    @Test
    void or_insideAnd_isBracketed() {
        Q<Object> q = Q.of("pages__lt", 100).or(Q.of("pages__gt", 500)).and(Q.of("author_id", 4));
        asked(books().filter(q))
                .where("(\"book\".\"pages\" < ? OR \"book\".\"pages\" > ?) AND \"book\".\"author_id\" = ?")
                .binds(100L, 500L, 4L)
                .keys(5L, 6L);
    }

    @Test
    void xor_ofThree_isParity() {
        Q<Object> q = Q.of("id__lte", 4).xor(Q.of("id__lte", 2)).xor(Q.of("publisher_id", 1));
        asked(books().filter(q))
                .where("((((\"book\".\"id\" <= ?) IS TRUE) + ((\"book\".\"id\" <= ?) IS TRUE)"
                        + " + ((\"book\".\"publisher_id\" = ?) IS TRUE)) % 2 = 1)")
                .keys(1L, 2L, 3L, 4L);
    }

    @Test
    void when_false_saysNothing() {
        asked(books().filter(Q.of("pages", 1).when(false))).keys(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void or_ofThousands_isBalanced() {
        Q<Object> q = Q.empty();
        for (int i = 0; i < 3_000; i++) {
            q = q.or(Q.of("pages", i));
        }
        assertThat(shop.keys(books().filter(q))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void in_list_isOneBind() {
        asked(books().filter("id__in", List.of(6, 1, 99)))
                .where("\"book\".\"id\" IN (SELECT value FROM json_each(?))")
                .binds("[6,1,99]")
                .keys(1L, 6L);
    }

    @Test
    void in_anyLength_isTheSameText() {
        String one = books().filter("id__in", List.of(1)).toSql().sql();
        String many = books().filter("id__in", LongStream.range(0, 99_999).toArray())
                .toSql()
                .sql();
        assertThat(many).isEqualTo(one);
    }

    @Test
    void in_beyondOneBind_travelsAsSeveral() {
        asked(books().filter("id__in", LongStream.rangeClosed(1, 100_001).toArray()))
                .where("\"book\".\"id\" IN (SELECT value FROM json_each(?) UNION ALL SELECT value FROM json_each(?))")
                .keys(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void in_texts_escapeJson() {
        asked(books().filter("title__in", List.of("100% Rain_fall", "a\"b\\c\n\u0001")))
                .binds("[\"100% Rain_fall\",\"a\\\"b\\\\c\\u000a\\u0001\"]")
                .keys(5L);
    }

    @Test
    void in_blobs_travelAsHex() {
        asked(books().filter("cover__in", List.of(new byte[] {0, (byte) 0xff}, new byte[0])))
                .where("\"book\".\"cover\" IN (SELECT unhex(value) FROM json_each(?))")
                .binds("[\"00ff\",\"\"]")
                .keys(3L, 6L);
    }

    @Test
    void in_query_isSubSelect() {
        QuerySet<Row> wanted = shop.db.objects("review").filter("stars__gte", 4).orderBy("-stars");
        asked(books().filter("id__in", wanted.values("book_id")))
                .where("\"book\".\"id\" IN (SELECT \"review\".\"book_id\" FROM \"review\""
                        + " WHERE \"review\".\"stars\" >= ?)")
                .keys(1L, 3L);
    }

    @Test
    void in_emptyOrOutOfRange_sendsNothing() {
        assertThat(shop.keys(books().filter("id__in", List.of()))).isEmpty();
        assertThat(shop.keys(books().filter("id__in", List.of(BigInteger.TWO.pow(80)))))
                .isEmpty();
        assertThat(shop.keys(books().filter("id__in", books().none()))).isEmpty();
        assertThat(shop.sent()).isEmpty();
    }

    @Test
    void compare_beyondLong_hasAnAnswerWithoutAsking() {
        BigInteger huge = BigInteger.TWO.pow(70);
        assertThat(shop.keys(books().filter("pages__gt", huge))).isEmpty();
        assertThat(shop.keys(books().filter("pages__lte", huge.negate()))).isEmpty();
        assertThat(shop.sent()).isEmpty();
        asked(books().filter("publisher_id__lt", huge))
                .where("\"book\".\"publisher_id\" IS NOT NULL")
                .keys(1L, 2L, 3L, 4L, 6L);
        asked(books().filter("pages__range", Range.of(300, huge)))
                .where("\"book\".\"pages\" >= ? AND \"book\".\"pages\" IS NOT NULL")
                .keys(1L, 3L, 6L);
    }

    @Test
    void pk_ofSeveralColumns_takesLists() {
        QuerySet<Row> links = shop.db.objects("book_tag");
        asked(links.filter("pk", List.of(2, "sea")))
                .where("\"book_tag\".\"book_id\" = ? AND \"book_tag\".\"tag_name\" = ?")
                .binds(2L, "sea")
                .keys(List.of(2L, "sea"));
        asked(links.filter("pk__in", List.of(List.of(1, "sea"), List.of(6, "math"), List.of(6, "sea"))))
                .where("(\"book_tag\".\"book_id\", \"book_tag\".\"tag_name\") IN"
                        + " (SELECT value->>0, value->>1 FROM json_each(?))")
                .binds("[[1,\"sea\"],[6,\"math\"],[6,\"sea\"]]")
                .keys(List.of(1L, "sea"), List.of(6L, "math"));
    }

    @Test
    void range_bothBounds_areIncluded() {
        asked(books().filter("pages__range", Range.of(95, 280)))
                .where("\"book\".\"pages\" BETWEEN ? AND ?")
                .binds(95L, 280L)
                .keys(2L, 4L, 5L);
    }

    @Test
    void decimal_comparesAsNumber() {
        asked(books().filter("price__lt", new BigDecimal("9.5"))).binds("9.5").keys(4L, 5L);
        asked(books().filter("price", "11.000")).keys(2L);
    }

    @Test
    void expression_ofTwoColumns_isCalculated() {
        asked(books().filter("pages__gt", F.of("title_length").times(20)))
                .where("\"book\".\"pages\" > (\"book\".\"title_length\" * ?)")
                .binds(20L)
                .keys(3L, 4L, 6L);
    }

    @Test
    void year_isRangeOfTheColumn() {
        asked(books().filter("published__year", 2010))
                .where("\"book\".\"published\" >= ? AND \"book\".\"published\" < ?")
                .binds("2010-01-01", "2011-01-01")
                .keys(3L);
        asked(books().filter("published__year__lte", 2004))
                .where("\"book\".\"published\" < ?")
                .binds("2005-01-01")
                .keys(1L, 2L);
        asked(books().filter("published__year__in", List.of(2001, 2020)))
                .where("CAST(strftime('%Y', \"book\".\"published\") AS INTEGER) IN (SELECT value FROM json_each(?))")
                .keys(1L, 6L);
    }

    @Test
    void date_ofDateTime_isRangeOfTheDay() {
        QuerySet<Row> customers = shop.db.objects("customer");
        asked(customers.filter("joined__date", LocalDate.of(2022, 6, 30)))
                .where("\"customer\".\"joined\" >= ? AND \"customer\".\"joined\" < ?")
                .binds("2022-06-30", "2022-07-01")
                .keys(2L);
        asked(customers.filter("joined__gt", LocalDateTime.of(2022, 6, 30, 23, 59, 59)))
                .binds("2022-06-30 23:59:59")
                .keys(2L, 3L);
    }

    @Test
    void dateParts_areComputed() {
        asked(books().filter("published__quarter", 4)).keys(3L);
        asked(books().filter("published__day__gte", 15)).keys(1L, 3L, 4L);
        asked(books().filter("published__iso_week_day", 7)).keys(4L);
        asked(books().filter("published__week_day", 1)).keys(4L);
        asked(shop.db.objects("customer").filter("joined__hour", 8)).keys(1L);
    }

    @Test
    void transform_thenLookup_chains() {
        asked(books().filter("title__length__lt", 5))
                .where("length(\"book\".\"title\") < ?")
                .keys(4L);
    }
}
