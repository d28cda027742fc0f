package rillite.r2dbc.jooq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.r2dbc.testing.Await;
import rillite.r2dbc.testing.LeakFree;
import rillite.r2dbc.testing.TestDatabase;

/** jOOQ binds by index, asks for typed columns, requests one row at a time and wants the dialect named. */
@ExtendWith(LeakFree.class)
final class JooqIT {
    private static final Table<Record> BOOK = table(name("book"));
    private static final Field<Integer> ID = field(name("id"), SQLDataType.INTEGER);
    private static final Field<String> TITLE = field(name("title"), SQLDataType.VARCHAR);
    private static final Field<Boolean> SOLD = field(name("sold"), SQLDataType.BOOLEAN);
    private static final Field<LocalDate> PUBLISHED = field(name("published"), SQLDataType.LOCALDATE);
    private static final Field<LocalDateTime> SEEN = field(name("seen"), SQLDataType.LOCALDATETIME);
    private static final Field<BigDecimal> PRICE = field(name("price"), SQLDataType.NUMERIC);
    private static final Field<byte[]> COVER = field(name("cover"), SQLDataType.BLOB);

    private TestDatabase database;
    private DSLContext jooq;

    @BeforeEach
    void open(@TempDir Path directory) {
        database = TestDatabase.in(directory);
        database.run(
                "CREATE TABLE book (id INTEGER PRIMARY KEY, title TEXT NOT NULL UNIQUE, sold BOOLEAN, published DATE,"
                        + " seen DATETIME, price NUMERIC, cover BLOB)");
        jooq = DSL.using(database.factory(), SQLDialect.SQLITE);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void insertReturning_givesTheId() {
        var insert = jooq.insertInto(BOOK, TITLE).values("One").returningResult(ID);

        assertThat(Await.<Record>one(insert).get(ID)).isEqualTo(1);
        assertThat(Await.<Record>one(jooq.insertInto(BOOK, TITLE).values("Two").returningResult(ID))
                        .get(ID))
                .isEqualTo(2);
    }

    @Test
    void select_everyType_comesBackEqual() {
        LocalDateTime seen = LocalDateTime.of(2026, 3, 4, 5, 6, 7);
        Await.done(jooq.insertInto(BOOK)
                .set(TITLE, "Typed")
                .set(SOLD, true)
                .set(PUBLISHED, LocalDate.of(2001, 2, 3))
                .set(SEEN, seen)
                .set(PRICE, new BigDecimal("12.5"))
                .set(COVER, new byte[] {1, 2}));

        Record row = Await.one(
                jooq.select(TITLE, SOLD, PUBLISHED, SEEN, PRICE, COVER).from(BOOK));

        assertThat(row.get(TITLE)).isEqualTo("Typed");
        assertThat(row.get(SOLD)).isTrue();
        assertThat(row.get(PUBLISHED)).isEqualTo(LocalDate.of(2001, 2, 3));
        assertThat(row.get(SEEN)).isEqualTo(seen);
        assertThat(row.get(PRICE)).isEqualByComparingTo("12.5");
        assertThat(row.get(COVER)).containsExactly(1, 2);
    }

    @Test
    void select_nulls_comeBackNull() {
        Await.done(jooq.insertInto(BOOK).columns(TITLE, SOLD, PUBLISHED).values("Empty", null, null));

        Record row = Await.one(jooq.select(SOLD, PUBLISHED, COVER).from(BOOK));

        assertThat(row.intoList()).containsOnlyNulls();
    }

    @Test
    void select_conditionsAndLimit_areBound() {
        insert(20);

        var titles = Flux.from(jooq.select(TITLE)
                        .from(BOOK)
                        .where(ID.between(5, 15).and(TITLE.like("book 1%")))
                        .orderBy(ID.desc())
                        .limit(3)
                        .offset(1))
                .map(row -> row.get(TITLE));

        assertThat(Await.all(titles)).containsExactly("book 14", "book 13", "book 12");
    }

    @Test
    void select_manyRows_oneRequestEach() {
        insert(20_000);

        assertThat(Await.<Long>one(Flux.from(jooq.select(ID).from(BOOK)).count()))
                .isEqualTo(20_000L);
    }

    @Test
    void transaction_completes_commits() {
        var work = jooq.transactionPublisher(
                trx -> Flux.from(trx.dsl().insertInto(BOOK, TITLE).values("A"))
                        .thenMany(trx.dsl().insertInto(BOOK, TITLE).values("B"))
                        .thenMany(trx.dsl().select(count()).from(BOOK)));

        assertThat(Await.<Record>one(work).get(0, Integer.class)).isEqualTo(2);
        assertThat(titles()).containsExactly("A", "B");
    }

    @Test
    void transaction_fails_rollsBack() {
        var work = jooq.transactionPublisher(
                trx -> Flux.from(trx.dsl().insertInto(BOOK, TITLE).values("A"))
                        .thenMany(trx.dsl().insertInto(BOOK, TITLE).values("A")));

        assertThat(Await.causes(Await.error(work)))
                .hasAtLeastOneElementOfType(R2dbcDataIntegrityViolationException.class);
        assertThat(titles()).isEmpty();
    }

    @Test
    void nestedTransaction_fails_keepsOuter() {
        var work = jooq.transactionPublisher(outer -> Flux.from(
                        outer.dsl().insertInto(BOOK, TITLE).values("outer"))
                .thenMany(Flux.from(outer.dsl()
                                .transactionPublisher(inner -> Flux.from(inner.dsl()
                                                .insertInto(BOOK, TITLE)
                                                .values("inner"))
                                        .then(Mono.error(new IllegalStateException("no")))))
                        .onErrorComplete()));

        Await.done(work);

        assertThat(titles()).containsExactly("outer");
    }

    @Test
    void upsert_andUpdate_count() {
        insert(3);

        var upsert = jooq.insertInto(BOOK, ID, TITLE)
                .values(2, "book 2")
                .onConflict(ID)
                .doUpdate()
                .set(TITLE, "changed");

        assertThat(Await.<Integer>one(upsert)).isEqualTo(1);
        assertThat(Await.<Integer>one(jooq.update(BOOK).set(SOLD, true).where(ID.in(1, 3))))
                .isEqualTo(2);
        assertThat(titles()).containsExactly("book 1", "changed", "book 3");
    }

    private void insert(int rows) {
        database.run(
                "INSERT INTO book (title) SELECT 'book ' || value FROM (WITH RECURSIVE n(value) AS"
                        + " (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < ?) SELECT value FROM n)",
                rows);
    }

    private List<String> titles() {
        return database.read(String.class, "SELECT title FROM book ORDER BY id");
    }
}
