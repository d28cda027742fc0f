package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.bookshop.AwardTable.AWARD;
import static rillite.querysets.bookshop.BestsellerTable.BESTSELLER;
import static rillite.querysets.bookshop.BookTable.BOOK;
import static rillite.querysets.bookshop.CustomerTable.CUSTOMER;
import static rillite.querysets.bookshop.OrderLineTable.ORDER_LINE;
import static rillite.querysets.bookshop.TagTable.TAG;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import rillite.querysets.bookshop.Book;
import rillite.querysets.bookshop.NewBook;
import rillite.querysets.bookshop.NewOrderLine;
import rillite.querysets.bookshop.OrderLine;

/** Columns of every kind: what they compare, write and read. */
final class TypedColumnTests {

    private static final UUID ID = UUID.fromString("6f1b0a52-9c40-4a4e-8a55-0d5e8e3a1c10");
    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00.250Z");

    private Fixture fixture;
    private QuerySet<Book> books;

    record Event(long id, @Nullable Instant at, UUID token, DayOfWeek day, String meta, LocalTime opens) {}

    static final class EventTable<R> extends Table<R, Event> {

        static final EventTable<Event> EVENT = new EventTable<>();

        final LongCol<R> id = longCol("id");
        final InstantCol<R> at = instantCol("at");
        final UuidCol<R> token = uuidCol("token");
        final EnumCol<R, DayOfWeek> day = enumCol("day", DayOfWeek.class);
        final JsonCol<R> meta = jsonCol("meta");
        final TimeCol<R> opens = timeCol("opens");

        private EventTable() {
            super(Event.class, "event");
        }

        @Override
        protected Event read(Cells row) {
            return new Event(row.get(id), row.orNull(at), row.get(token), row.get(day), row.get(meta), row.get(opens));
        }

        @Override
        protected @Nullable Object value(Event row, int column) {
            return column == 0 ? row.id() : null;
        }

        @Override
        protected List<Object> related(Event row) {
            return List.of();
        }
    }

    private static final EventTable<Event> EVENT = EventTable.EVENT;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.bookshop(Access.DRIVER, directory);
        books = fixture.db.objects(BOOK).orderBy(BOOK.id.asc());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> T one(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private List<Long> ids(Q<Book> condition) {
        return one(books.filter(condition).select(BOOK.id).list());
    }

    @Test
    void numbers_areComparedWithNumbersOfAnyType() {
        assertThat(ids(BOOK.pages.eq(320))).containsExactly(1L);
        assertThat(ids(BOOK.pages.ne(320))).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(ids(BOOK.pages.gt(320.5))).containsExactly(3L, 6L);
        assertThat(ids(BOOK.pages.between(95, 150L))).containsExactly(4L, 5L);
        assertThat(ids(BOOK.pages.in(95, 150L))).containsExactly(4L, 5L);
        assertThat(ids(BOOK.price.lte(new BigDecimal("8.00")))).containsExactly(4L, 5L);
        assertThat(ids(BOOK.price.lt(8))).containsExactly(5L);
        assertThat(ids(BOOK.weight.gte(0.72))).containsExactly(3L, 6L);
        assertThat(ids(BOOK.weight.isNull())).containsExactly(4L);
        assertThat(ids(BOOK.pages.gt(BOOK.titleLength.times(20)))).containsExactly(3L, 4L, 6L);
        assertThat(ids(BOOK.id.notIn(List.of(1L, 2L, 3L)))).containsExactly(4L, 5L, 6L);
        assertThat(ids(BOOK.id.eq(Long.valueOf(2)))).containsExactly(2L);
    }

    @Test
    void booleans_areTrueOrFalse() {
        assertThat(ids(BOOK.inPrint.isFalse())).containsExactly(2L);
        assertThat(ids(BOOK.inPrint.isTrue())).hasSize(5);
        assertThat(ids(BOOK.inPrint.eq(false))).containsExactly(2L);
    }

    @Test
    void texts_areMatched() {
        assertThat(ids(BOOK.title.startsWith("The"))).containsExactly(1L);
        assertThat(ids(BOOK.title.istartsWith("the"))).containsExactly(1L);
        assertThat(ids(BOOK.title.contains("Harbour"))).containsExactly(1L, 2L);
        assertThat(ids(BOOK.title.iendsWith("ICE"))).containsExactly(6L);
        assertThat(ids(BOOK.title.like("%#_%"))).isEmpty();
        assertThat(ids(BOOK.title.like("%\\_%"))).containsExactly(5L);
        assertThat(ids(BOOK.title.lower().eq("light and ice"))).containsExactly(6L);
        assertThat(ids(BOOK.title.upper().startsWith("LIGHT"))).containsExactly(6L);
        assertThat(ids(BOOK.title.length().lt(4))).containsExactly(4L);
        assertThat(ids(BOOK.title.trim().eq("Été"))).containsExactly(4L);
        assertThat(ids(BOOK.title.in("Été", "no"))).containsExactly(4L);
        assertThat(ids(BOOK.title.contains(BOOK.isbn))).isEmpty();
    }

    @Test
    void dates_haveParts() {
        assertThat(ids(BOOK.published.eq(LocalDate.of(2010, 12, 31)))).containsExactly(3L);
        assertThat(ids(BOOK.published.year().between(2001, 2004))).containsExactly(1L, 2L);
        assertThat(ids(BOOK.published.quarter().eq(4))).containsExactly(3L);
        assertThat(ids(BOOK.published.day().gt(20))).containsExactly(3L, 4L);
        assertThat(ids(BOOK.published.week().eq(1))).containsExactly(6L);
        assertThat(ids(BOOK.published.isoYear().eq(2020))).containsExactly(6L);
        assertThat(ids(BOOK.published.dayOfWeek().eq(DayOfWeek.FRIDAY.getValue())))
                .containsExactly(3L);
        assertThat(ids(BOOK.published.isNull())).containsExactly(5L);
        assertThat(one(fixture.db
                        .objects(CUSTOMER)
                        .filter(
                                CUSTOMER.joined.date().eq(LocalDate.of(2022, 6, 30)),
                                CUSTOMER.joined.hour().eq(23))
                        .select(CUSTOMER.joined, CUSTOMER.joined.time(), CUSTOMER.joined.minute())
                        .get()))
                .isEqualTo(new Row3<>(
                        LocalDateTime.of(2022, 6, 30, 23, 59, 59, 500_000_000), LocalTime.of(23, 59, 59), 59L));
    }

    @Test
    void blobs_areReadOnlyBuffersThatAreEqualByContent() {
        Book first = one(books.find(1));

        assertThat(first.cover()).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0x89, 0x50, 0x4e, 0x47}));
        assertThat(Objects.requireNonNull(first.cover()).isReadOnly()).isTrue();
        assertThat(ids(BOOK.cover.eq(new byte[] {0, (byte) 0xff}))).containsExactly(3L);
        assertThat(ids(BOOK.cover.length().eq(0))).containsExactly(6L);
        assertThat(one(books.byId(4).update(BOOK.cover.to(new byte[] {1, 2})))).isEqualTo(1);
        assertThat(one(books.find(4)).cover()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void recordsOfTheBookshop_areReadWhole() {
        Book book = one(books.find(4));

        assertThat(book.price()).isEqualByComparingTo("8");
        assertThat(book.weight()).isNull();
        assertThat(book.inPrint()).isTrue();
        assertThat(book.titleLength()).isEqualTo(3);
        assertThat(one(fixture.db
                        .objects(TAG)
                        .orderBy(TAG.name.asc())
                        .select(TAG.name, TAG.note)
                        .list()))
                .contains(new Row2<>("winter", 12L), new Row2<>("math", 3.5), new Row2<>("unused", null));
        assertThat(one(fixture.db.objects(AWARD).filter(AWARD.detail.eq(2011)).get())
                        .code())
                .isEqualTo("GOLD-2011");
        assertThat(one(fixture.db.objects(BESTSELLER).count())).isPositive();
        assertThat(one(fixture.db.objects(BESTSELLER).first()).title()).isNotNull();
    }

    @Test
    void defaults_applyToWhatIsLeftOut() {
        Book book = one(books.insert(new NewBook("9780000000073", "New", 1, 10)));

        assertThat(book.price()).isEqualByComparingTo("9.99");
        assertThat(book.inPrint()).isTrue();
        assertThat(one(books.insert(new NewBook("9780000000080", "New", 1, 10).price(new BigDecimal("3.50"))))
                        .price())
                .isEqualByComparingTo("3.5");
    }

    @Test
    void keysOfSeveralColumns_andHostileNames_work() {
        QuerySet<OrderLine> lines = fixture.db.objects(ORDER_LINE);
        OrderLine line = one(lines.find(List.of(1000L, 2L)));

        assertThat(line.orderNo()).isEqualTo(1000);
        assertThat(line.lineNo()).isEqualTo(2);
        assertThat(line.customer())
                .isEqualTo(Objects.requireNonNull(line.customerRef().id()));
        assertThat(one(lines.contains(line))).isTrue();
        assertThat(one(lines.filter(ORDER_LINE.is(line)).count())).isEqualTo(1);
        assertThat(one(lines.filter(ORDER_LINE.in(List.of(line))).count())).isEqualTo(1);
        assertThat(one(lines.filter(ORDER_LINE.customerRef().email.eq("lena@example.org"))
                        .count()))
                .isEqualTo(20);
        assertThat(one(fixture.db
                        .objects(CUSTOMER)
                        .filter(CUSTOMER.orderLinesAsCustomerRef().isEmpty())
                        .count()))
                .isZero();
        assertThat(one(lines.insert(new NewOrderLine(2000, 1, 1, 1, LocalDateTime.of(2024, 1, 1, 0, 0))))
                        .quantity())
                .isEqualTo(1);
        assertThat(one(lines.orderBy(ORDER_LINE.quantity.desc(), ORDER_LINE.orderNo.asc())
                        .first()))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void columnsThatAnOverrideTypes_areStoredAsText(Access access, @TempDir Path directory) {
        try (Fixture other = Fixture.ofScript(
                access,
                directory,
                "CREATE TABLE event (id INTEGER PRIMARY KEY, at DATETIME, token UUID NOT NULL, day TEXT NOT NULL,"
                        + " meta JSON NOT NULL, opens TIME NOT NULL);")) {
            QuerySet<Event> events = other.db.objects(EVENT);
            Event made = one(events.create(
                    EVENT.at.to(NOON),
                    EVENT.token.to(ID),
                    EVENT.day.to(DayOfWeek.FRIDAY),
                    EVENT.meta.to("{\"a\": {\"b\": [7, \"x\"]}, \"year\": 3}"),
                    EVENT.opens.to(LocalTime.of(8, 30))));

            assertThat(made)
                    .isEqualTo(new Event(
                            1,
                            NOON,
                            ID,
                            DayOfWeek.FRIDAY,
                            "{\"a\": {\"b\": [7, \"x\"]}, \"year\": 3}",
                            LocalTime.of(8, 30)));
            assertThat(other.jdbc("SELECT at, token, day FROM event"))
                    .containsExactly(List.of("2024-02-29T12:00:00.250Z", ID.toString(), "FRIDAY"));
            List<Q<Event>> all = List.of(
                    EVENT.at.eq(NOON),
                    EVENT.at.in(NOON),
                    EVENT.at.between(NOON.minusSeconds(1), NOON),
                    EVENT.at.year().eq(2024),
                    EVENT.at.date().eq(LocalDate.of(2024, 2, 29)),
                    EVENT.token.eq(ID),
                    EVENT.token.in(List.of(ID)),
                    EVENT.day.eq(DayOfWeek.FRIDAY),
                    EVENT.day.in(DayOfWeek.FRIDAY, DayOfWeek.MONDAY),
                    EVENT.opens.hour().eq(8),
                    EVENT.opens.lt(LocalTime.NOON),
                    EVENT.meta.path("a", "b", 0).eq(7),
                    EVENT.meta.path("a", "b", 1).asText().startsWith("x"),
                    EVENT.meta.path("year").asLong().plus(1).eq(4),
                    EVENT.meta.path("a", "c").isNull(),
                    EVENT.meta.hasKey("year"),
                    EVENT.meta.hasKeys("a", "year"),
                    EVENT.meta.hasAnyKeys("z", "a"));
            all.forEach(condition -> assertThat(one(events.filter(condition).count()))
                    .as(condition.toString())
                    .isEqualTo(1));
            assertThat(one(events.select(
                                    EVENT.at, EVENT.day, EVENT.meta.path("year").asLong())
                            .get()))
                    .isEqualTo(new Row3<>(NOON, DayOfWeek.FRIDAY, 3L));
            assertThat(one(events.inBulk(EVENT.id, List.of(1L)))).containsKey(1L);
            assertThatThrownBy(() -> events.filter(EVENT.at.gt(NOON.plusNanos(1))))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("millisecond");
            assertThatThrownBy(() -> EVENT.meta.path("a", 1.5)).isInstanceOf(InvalidValueException.class);
        }
    }
}
