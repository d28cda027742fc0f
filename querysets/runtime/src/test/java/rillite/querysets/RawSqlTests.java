package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.Numbers.run;

import io.r2dbc.spi.R2dbcBadGrammarException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.test.StepVerifier;

/** Statements of one's own: what is bound, what is read, what is refused. */
@ParameterizedClass
@EnumSource(Access.class)
final class RawSqlTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture library;
    private Database db;

    @BeforeEach
    void open() {
        library = Fixture.library(access, directory);
        db = library.db;
    }

    @AfterEach
    void close() {
        library.awaitClosed();
        library.close();
    }

    private static void fails(Publisher<?> work, Class<? extends Throwable> type, String... parts) {
        StepVerifier.create(work)
                .expectErrorSatisfies(
                        error -> assertThat(error).isInstanceOf(type).hasMessageContainingAll(parts))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void values_named_readsThoseColumns() {
        List<Row> rows = run(db.sql("SELECT id, name, age FROM author WHERE age > ? ORDER BY id", 29)
                .values("NAME", "id"));

        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).asMap()).isEqualTo(Map.of("NAME", "Ann", "id", 1L));
        assertThat(rows.get(0).names()).containsExactly("NAME", "id");
        assertThat(library.sent()).containsExactly("SELECT id, name, age FROM author WHERE age > ? ORDER BY id");
    }

    @Test
    void values_unnamed_readsAllColumns() {
        List<Row> rows = run(db.sql("SELECT count(*) AS \"how many\", max(age) m, NULL FROM author")
                .values());

        assertThat(rows.get(0).names()).containsExactly("how many", "m", "NULL");
        assertThat(rows.get(0).get("howMany")).isEqualTo(5L);
        assertThat(rows.get(0).get("m", Integer.class)).isEqualTo(40);
        assertThat(rows.get(0).get("NULL")).isNull();
        assertThat(rows.get(0).toString()).startsWith("sql{");
    }

    @Test
    void values_sameNamesOfOtherStatements_areReadByTheirOwnKinds() {
        String text = "SELECT 'a' AS one, 1 AS two";
        String numbers = "SELECT 2 AS one, x'01' AS two";
        String turned = "SELECT 3 AS two, 'b' AS one";

        for (int again = 0; again < 2; again++) {
            assertThat(first(text).get("one")).isEqualTo("a");
            assertThat(first(text).get("two")).isEqualTo(1L);
            assertThat(first(numbers).get("one")).isEqualTo(2L);
            assertThat(first(numbers).get("two", byte[].class)).containsExactly(1);
            assertThat(first(turned).get("one")).isEqualTo("b");
            assertThat(first(turned).names()).containsExactly("two", "one");
        }
    }

    @Test
    void values_moreNamesThanAreRemembered_areAllRead() {
        for (int i = 0; i < 600; i++) {
            assertThat(first("SELECT " + i + " AS n" + i).get("n" + i)).isEqualTo((long) i);
        }
    }

    private Row first(String sql) {
        return db.sql(sql).values().first().blockOptional(Fixture.PATIENCE).orElseThrow();
    }

    @Test
    void values_unknownName_namesTheNearest() {
        fails(
                db.sql("SELECT id, name FROM author").values("nmae"),
                UnknownFieldException.class,
                "\"nmae\"",
                "Did you mean name?",
                "Fields: id, name");
        fails(
                db.sql("SELECT id FROM author").values().flux().map(row -> Optional.ofNullable(row.get("idd"))),
                UnknownFieldException.class,
                "Did you mean id?");
    }

    @Test
    void values_ofSeveralKinds_areBoundAsSqliteStoresThem() {
        UUID id = UUID.randomUUID();
        List<Row> rows = run(db.sql(
                        "SELECT ? a, ? b, ? c, ? d, ? e, ? f, ? g",
                        1,
                        2.5,
                        "it's",
                        null,
                        LocalDate.of(2020, 2, 29),
                        LocalDateTime.of(2020, 2, 29, 12, 30),
                        id)
                .values());

        assertThat(rows.get(0).asMap().values())
                .containsExactly(1L, 2.5, "it's", null, "2020-02-29", "2020-02-29 12:30:00", id.toString());
        assertThat(rows.get(0).get("f", LocalDateTime.class)).isEqualTo(LocalDateTime.of(2020, 2, 29, 12, 30));
    }

    @Test
    void sql_valueOfNoKind_isRefusedAtOnce() {
        assertThatThrownBy(() -> db.sql("SELECT ?, ?", 1, List.of(1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("value 2 of the SQL");
    }

    @Test
    void flat_ofOneColumn_readsPlainValues() {
        assertThat(run(db.sql("SELECT name FROM author ORDER BY id LIMIT 2")
                        .values()
                        .flat(String.class)))
                .containsExactly("Ann", "Bob");
        assertThat(run(db.sql("SELECT age FROM author ORDER BY id")
                        .values("age")
                        .flatOptional(Integer.class)))
                .contains(Optional.empty(), Optional.of(30));
    }

    @Test
    void flat_thatMeetsNull_namesColumnAndRow() {
        fails(
                db.sql("SELECT name FROM author WHERE id = 1 UNION ALL SELECT NULL")
                        .values("name")
                        .flat(String.class)
                        .list(),
                InvalidValueException.class,
                "name",
                "row 2",
                "flatOptional");
    }

    @Test
    void flat_ofSeveralColumns_isRefused() {
        assertThatThrownBy(() -> db.sql("SELECT 1 a, 2 b").values("a", "b").flat(Long.class))
                .isInstanceOf(InvalidQueryException.class);
        fails(db.sql("SELECT 1 a, 2 b").values().flat(Long.class), InvalidQueryException.class, "one column");
    }

    @Test
    void as_readsRowsOfTheTable_withItsTypes() {
        List<Row> rows =
                run(db.sql("SELECT *, 7 AS extra FROM book WHERE id = ?", 1).as("book"));

        Row book = rows.get(0);
        assertThat(book.tableName()).isEqualTo("book");
        assertThat(book.pk()).isEqualTo(1L);
        assertThat(book.get("published")).isEqualTo(LocalDate.of(2020, 1, 1));
        assertThat(book.get("extra")).isEqualTo(7L);
        assertThat(book.unloadedNames()).isEmpty();
        assertThat(run(db.objects("book").contains(book))).containsExactly(true);
    }

    @Test
    void as_missingColumns_areNotLoaded() {
        Row author = run(db.sql("SELECT NAME, id FROM author WHERE id = 1").as("author"))
                .get(0);

        assertThat(author.get("name")).isEqualTo("Ann");
        assertThat(author.unloadedNames()).contains("email", "age");
        assertThatThrownBy(() -> author.get("email")).isInstanceOf(NotLoadedException.class);
    }

    @Test
    void as_withoutTheKey_isRefusedWhenItRuns() {
        fails(
                db.sql("SELECT name FROM author").as("author"),
                InvalidQueryException.class,
                "key column id",
                "Columns: name");
        assertThatThrownBy(() -> db.sql("SELECT 1").as("auhtor")).isInstanceOf(UnknownTableException.class);
    }

    @Test
    void execute_givesTheNumberOfChangedRows() {
        assertThat(run(db.sql("UPDATE author SET age = age + ? WHERE age IS NOT NULL", 1)
                        .execute()))
                .hasSize(1);
        assertThat(run(db.sql("UPDATE book SET pages = 0 WHERE author_id = 1").execute()))
                .containsExactly(2L);
        assertThat(run(db.sql("CREATE TABLE made (id INTEGER PRIMARY KEY)").execute()))
                .containsExactly(0L);
    }

    @Test
    void values_ofAWrite_givesWhatItReturns() {
        assertThat(run(db.sql("UPDATE author SET age = 50 WHERE id = 1 RETURNING age")
                        .values()
                        .flat(Long.class)))
                .containsExactly(50L);
    }

    @Test
    void sql_thatControlsTransactions_isRefusedAtOnce() {
        for (String text : List.of("BEGIN", " commit;", "-- x\nROLLBACK", "/* x */SAVEPOINT a", "release a", "END")) {
            assertThatThrownBy(() -> db.sql(text))
                    .as(text)
                    .isInstanceOf(InvalidQueryException.class)
                    .hasMessageContaining("inTransaction");
        }
        assertThat(library.sent()).isEmpty();
    }

    @Test
    void sql_inATransaction_isPartOfIt() {
        StepVerifier.create(db.inTransaction(tx -> db.sql("DELETE FROM review")
                        .execute()
                        .then(tx.sql("SELECT count(*) FROM review")
                                .values()
                                .flat(Long.class)
                                .get())
                        .flatMap(left -> reactor.core.publisher.Mono.error(new IllegalStateException("left " + left)))))
                .expectErrorMessage("left 0")
                .verify(Fixture.PATIENCE);
        assertThat(library.jdbc("SELECT count(*) FROM review")).isNotEqualTo(List.of(List.of(0)));
    }

    @Test
    void terminals_readAsTheySay() {
        RawQuery<Long> ids =
                db.sql("SELECT id FROM author ORDER BY id").values().flat(Long.class);

        assertThat(run(ids.first())).containsExactly(1L);
        assertThat(run(ids.list())).containsExactly(List.of(1L, 2L, 3L, 4L, 5L));
        assertThat(run(ids.fetchSize(2))).hasSize(5);
        fails(ids.get(), MultipleObjectsException.class, "5");
        fails(db.sql("SELECT 1 WHERE 0").values().get(), NotFoundException.class, "no row");
        assertThatThrownBy(() -> ids.fetchSize(-1)).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void sql_thatSqliteRefuses_arrivesAsTheDriverTellsIt() {
        StepVerifier.create(db.sql("SELEC 1").values())
                .expectErrorSatisfies(error -> assertThat(error)
                        .matches(it -> access == Access.BARE || it instanceof R2dbcBadGrammarException))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void sql_nullAmongValues_isBound() {
        @Nullable Object[] none = new @Nullable Object[] {null};
        assertThat(run(db.sql("SELECT ? IS NULL AS x", none).values().flat(Long.class)))
                .containsExactly(1L);
        assertThat(db.sql("SELECT ?", "secret").toString()).isEqualTo("SELECT ?");
    }

    @Test
    void query_isSentAgainByEachSubscription() {
        RawQuery<Row> rows = db.sql("SELECT 1").values();
        run(rows);
        run(rows);
        assertThat(library.sent()).hasSize(2);
    }
}
