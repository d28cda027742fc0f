package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Streams of new rows: windows, demand, atomicity, order, errors in the middle. */
@ParameterizedClass
@EnumSource(Access.class)
final class BulkInsertTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Fixture fixture;
    private QuerySet<Row> items;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(
                access, directory, """
                PRAGMA journal_mode = WAL;
                CREATE TABLE item (
                    id INTEGER PRIMARY KEY,
                    code TEXT UNIQUE,
                    n INTEGER NOT NULL DEFAULT 7 CHECK (n < 1000),
                    note TEXT,
                    data BLOB,
                    active INTEGER NOT NULL DEFAULT 1
                );
                CREATE UNIQUE INDEX item_note ON item (note) WHERE active = 1;
                CREATE TABLE pair (a TEXT COLLATE NOCASE, b BLOB, v INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID;
                CREATE TABLE empty (id INTEGER PRIMARY KEY, at TEXT DEFAULT 'now');
                """, DatabaseOptions.defaults().statementListener(told::add));
        items = fixture.db.objects("item");
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private static Flux<Fields> codes(int count) {
        return Flux.range(0, count).map(i -> Fields.of("code", "c" + i));
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private long stored() {
        return ((Number) Objects.requireNonNull(
                        fixture.jdbc("SELECT count(*) FROM item").get(0).get(0)))
                .longValue();
    }

    @Test
    void result_ofManyRows_isOneStatementPerWindow() {
        BulkInsert<Row> bulk = items.bulkCreate(codes(250)).batch(100);
        assertThat(fixture.sent()).isEmpty();

        assertThat(answer(bulk.result())).isEqualTo(new BulkResult(250, 0, 0, 3));
        assertThat(told).hasSize(3).containsOnly("INSERT INTO \"item\" (\"code\") VALUES (?)");
        assertThat(fixture.jdbc("SELECT min(n), max(n), count(*) FROM item")).containsExactly(List.of(7, 7, 250));
    }

    @Test
    void progress_tellsAfterEachWindow() {
        StepVerifier.create(items.bulkCreate(codes(5)).batch(2).progress())
                .expectNext(new BulkResult(2, 0, 0, 1), new BulkResult(4, 0, 0, 2), new BulkResult(5, 0, 0, 3))
                .expectComplete()
                .verify(Fixture.PATIENCE);
    }

    @Test
    void rows_comeInTheOrderOfTheSource_withGeneratedKeys() {
        Flux<Fields> source = Flux.just(
                Fields.of("code", "a"),
                Fields.of("code", "b", "id", 90),
                Fields.of("code", "c", "n", 3),
                Fields.of("code", "d"));
        List<Row> rows = answer(items.bulkCreate(source).rows().collectList());
        assertThat(rows).extracting(row -> row.get("code")).containsExactly("a", "b", "c", "d");
        assertThat(rows).extracting(Row::pk).containsExactly(1L, 90L, 91L, 92L);
        assertThat(rows).extracting(row -> row.get("n")).containsExactly(7L, 7L, 3L, 7L);
    }

    @Test
    void rows_withOtherColumns_shareAStatementUnlessADefaultIsMissing() {
        Flux<Fields> source = Flux.just(
                Fields.of("code", "a"),
                Fields.of("note", "x", "code", "b"),
                Fields.of("code", "c", "data", new byte[] {1}),
                Fields.of("code", "d", "n", 1));
        assertThat(answer(items.bulkCreate(source).result())).isEqualTo(new BulkResult(4, 0, 0, 1));
        assertThat(told)
                .containsExactly(
                        "INSERT INTO \"item\" (\"code\", \"note\", \"data\") VALUES (?, ?, ?)",
                        "INSERT INTO \"item\" (\"code\", \"n\", \"note\", \"data\") VALUES (?, ?, ?, ?)");
        assertThat(fixture.jdbc("SELECT code, n, note, hex(data) FROM item ORDER BY id")
                        .toString())
                .isEqualTo("[[a, 7, null, ], [b, 7, x, ], [c, 7, null, 01], [d, 1, null, ]]");
    }

    @Test
    void rows_withoutAnyColumn_areAllDefaults() {
        Flux<Fields> source = Flux.just(Fields.empty(), Fields.of("at", "then"), Fields.empty());
        assertThat(answer(fixture.db.objects("empty").bulkCreate(source).rows().collectList()))
                .extracting(row -> row.get("at"))
                .containsExactly("now", "then", "now");
    }

    @Test
    void emptySource_sendsNothingAndBeginsNothing() {
        assertThat(answer(items.bulkCreate(Flux.<Fields>empty()).result())).isEqualTo(BulkResult.NONE);
        assertThat(answer(items.bulkCreate(List.of()).result())).isEqualTo(BulkResult.NONE);
        assertThat(answer(items.bulkCreate(Flux.<Fields>empty()).atomic().rows().collectList()))
                .isEmpty();
        assertThat(fixture.sent()).isEmpty();
        assertThat(fixture.open).hasValue(0);
    }

    @Test
    void source_isAskedForTheNextWindowOnlyWhenTheLastIsCommitted() {
        AtomicLong asked = new AtomicLong();
        List<Long> storedAtDemand = new ArrayList<>();
        Flux<Fields> source = codes(30).doOnRequest(n -> {
            if (asked.getAndAdd(n) % 10 == 0) {
                storedAtDemand.add(stored());
            }
        });
        assertThat(answer(items.bulkCreate(source).batch(10).result()).windows())
                .isEqualTo(3);
        assertThat(asked).hasValueLessThanOrEqualTo(40);
        assertThat(storedAtDemand).startsWith(0L, 10L, 20L);
    }

    @Test
    void rows_slowConsumer_holdsNeitherWriterNorSource() {
        AtomicLong asked = new AtomicLong();
        StepVerifier.create(
                        items.bulkCreate(codes(100).doOnRequest(asked::addAndGet))
                                .batch(10)
                                .rows(),
                        3)
                .expectNextCount(3)
                .then(() -> {
                    assertThat(stored()).isEqualTo(10);
                    assertThat(asked).hasValue(10);
                    answer(items.create("code", "between"));
                })
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(97)
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(stored()).isEqualTo(101);
    }

    @Test
    void windows_endByBytesToo() {
        Flux<Fields> source = Flux.range(0, 40).map(i -> Fields.of("code", "x".repeat(1000) + i));
        assertThat(answer(items.bulkCreate(source).batchBytes(10_000).result()).windows())
                .isBetween(8L, 10L);
        assertThat(stored()).isEqualTo(40);
    }

    @Test
    void windows_withoutALimitOfBytes_endByRows() {
        assertThat(answer(items.bulkCreate(codes(250))
                        .batch(100)
                        .batchBytes(Long.MAX_VALUE)
                        .result()))
                .isEqualTo(new BulkResult(250, 0, 0, 3));
    }

    @Test
    void settings_outOfBounds_areRefused() {
        BulkInsert<Row> bulk = items.bulkCreate(codes(1));
        assertThatThrownBy(() -> bulk.batch(0)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> bulk.batchBytes(0)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> bulk.where(Q.of("id", 1))).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items.values("id").bulkCreate(codes(1))).isInstanceOf(InvalidQueryException.class);
    }

    private static BulkException failure(Publisher<?> work) {
        BulkException[] seen = new BulkException[1];
        StepVerifier.create(Flux.from(work).then())
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(BulkException.class);
                    seen[0] = (BulkException) error;
                })
                .verify(Fixture.PATIENCE);
        return seen[0];
    }

    private static Flux<Fields> breakingAt(int bad, Fields what) {
        return Flux.range(0, 30).map(i -> i == bad ? what : Fields.of("code", "c" + i));
    }

    @Test
    void refusedRow_keepsTheWindowsBefore_andIsNamed() {
        BulkException error = failure(
                items.bulkCreate(breakingAt(14, Fields.of("n", 5000))).batch(10).rows());
        assertThat(error.row()).isEqualTo(14);
        assertThat(error.committed()).isEqualTo(new BulkResult(10, 0, 0, 1));
        assertThat(error).hasMessageContaining("row 14").hasMessageContaining("10 rows are committed");
        assertThat(error.getCause()).isNotInstanceOf(QueryException.class).hasMessageContaining("CHECK");
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void refusedRow_ofAnAtomicBulk_leavesNothing() {
        for (BulkInsert<Row> bulk : List.of(
                items.bulkCreate(breakingAt(14, Fields.of("code", "c1")))
                        .batch(10)
                        .atomic(),
                items.bulkCreate(
                        breakingAt(14, Fields.of("code", "c1")).collectList().block()))) {
            BulkException error = failure(bulk.result());
            assertThat(error.row()).isEqualTo(14);
            assertThat(error.committed()).isEqualTo(BulkResult.NONE);
            assertThat(stored()).isZero();
        }
    }

    @Test
    void wrongValue_isToldWithItsRow() {
        StepVerifier.create(
                        items.bulkCreate(breakingAt(4, Fields.of("n", "many"))).result())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageStartingWith("Row 4: Invalid value for item.n"))
                .verify(Fixture.PATIENCE);
        BulkException later = failure(items.bulkCreate(breakingAt(14, Fields.of("n", "many")))
                .batch(10)
                .result());
        assertThat(later.row()).isEqualTo(14);
        assertThat(later.committed().inserted()).isEqualTo(10);
        assertThat(later).hasCauseInstanceOf(InvalidValueException.class);
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void failingSource_keepsTheWindowsBefore() {
        Flux<Fields> source = codes(15).concatWith(Flux.error(new IllegalStateException("line broken")));
        BulkException error = failure(items.bulkCreate(source).batch(10).result());
        assertThat(error.row()).isEqualTo(15);
        assertThat(error.committed().inserted()).isEqualTo(10);
        assertThat(error).hasRootCauseMessage("line broken");
        assertThat(stored()).isEqualTo(10);
    }

    @Test
    void cancel_stopsTheSource_andKeepsWhatIsCommitted() {
        TestPublisher<Fields> source = TestPublisher.create();
        StepVerifier.create(items.bulkCreate(source.flux()).batch(2).progress())
                .then(() -> source.next(Fields.of("code", "a"), Fields.of("code", "b")))
                .expectNextCount(1)
                // The next window is asked for after this one is told; a row before that would be an error of the
                // source.
                .then(() -> await().atMost(Fixture.PATIENCE).untilAsserted(() -> source.assertMinRequested(1)))
                .then(() -> source.next(Fields.of("code", "c")))
                .thenCancel()
                .verify(Fixture.PATIENCE);
        fixture.awaitClosed();
        // The source hears of the cancel on the writer's thread, in its own time.
        await().atMost(Fixture.PATIENCE).untilAsserted(source::assertCancelled);
        assertThat(stored()).isEqualTo(2);
        assertThat(answer(items.bulkCreate(codes(1)).result()).inserted()).isEqualTo(1);
    }

    @Test
    void onConflictIgnore_countsWhatIsLeftOut() {
        answer(items.create("code", "c1"));
        assertThat(answer(items.bulkCreate(codes(3)).onConflictIgnore().result()))
                .isEqualTo(new BulkResult(2, 1, 0, 1));
        BulkException error = failure(items.bulkCreate(Flux.just(Fields.of("n", 5000)))
                .onConflictIgnore()
                .result());
        assertThat(error).hasMessageContaining("CHECK");
    }

    @Test
    void onConflictUpdate_countsNewAndChangedRows() {
        answer(items.create("code", "c1", "n", 1));
        Flux<Fields> source = Flux.just(
                Fields.of("code", "c1", "n", 10),
                Fields.of("code", "c2", "n", 20),
                Fields.of("code", "c2", "n", 21),
                Fields.of("code", null, "n", 30));
        BulkInsert<Row> bulk = items.bulkCreate(source)
                .onConflictUpdate("code")
                .set(Fields.of("n", F.of("n").plus(F.excluded("n")), "data", null));
        assertThat(answer(bulk.result())).isEqualTo(new BulkResult(2, 0, 2, 1));
        assertThat(fixture.sent())
                .last()
                .isEqualTo("INSERT INTO \"item\" (\"code\", \"n\") VALUES (?, ?) ON CONFLICT (\"code\") DO UPDATE SET"
                        + " \"n\" = (\"item\".\"n\" + excluded.\"n\"), \"data\" = ?");
        assertThat(fixture.jdbc("SELECT code, n FROM item ORDER BY n").toString())
                .isEqualTo("[[c1, 11], [null, 30], [c2, 41]]");
    }

    @Test
    void onConflictUpdate_where_leavesOthersAlone() {
        answer(items.bulkCreate(codes(3)).result());
        items.filter("code", "c1").update("active", 0).block(Fixture.PATIENCE);
        BulkInsert<Row> bulk = items.bulkCreate(codes(4).map(row -> row.with("n", 99)))
                .onConflictUpdate("code")
                .set("n")
                .where(Q.of("active", 1));
        assertThat(answer(bulk.result())).isEqualTo(new BulkResult(1, 1, 2, 1));
        assertThat(fixture.jdbc("SELECT n FROM item WHERE code = 'c1'")).containsExactly(List.of(7));
    }

    @Test
    void onConflictUpdate_ofAPartialIndex_bringsItsPredicate() {
        answer(items.create("note", "x", "n", 1));
        answer(items.bulkCreate(Flux.just(Fields.of("note", "x", "n", 2), Fields.of("note", "x", "n", 3, "active", 0)))
                .onConflictUpdate("note")
                .set("n")
                .result());
        assertThat(fixture.sent())
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("ON CONFLICT (\"note\") WHERE (active = 1) DO UPDATE");
        assertThat(fixture.jdbc("SELECT n, active FROM item ORDER BY id"))
                .containsExactly(List.of(2, 1), List.of(3, 0));
    }

    @Test
    void onConflictUpdate_ofSeveralColumns_comparesAsTheyDo() {
        QuerySet<Row> pairs = fixture.db.objects("pair");
        byte[] blob = {1, 2};
        answer(pairs.create("a", "K", "b", blob, "v", 1));
        Flux<Fields> source = Flux.just(Fields.of("a", "k", "b", blob, "v", 2), Fields.of("a", "l", "b", blob, "v", 3));
        assertThat(answer(pairs.bulkCreate(source)
                        .onConflictUpdate("b", "a")
                        .set("v")
                        .result()))
                .isEqualTo(new BulkResult(1, 0, 1, 1));
        assertThat(answer(pairs.orderBy("v").list()))
                .extracting(row -> row.get("b"))
                .containsExactly(ByteBuffer.wrap(blob), ByteBuffer.wrap(blob));
    }

    @Test
    void onConflictUpdate_ofNoUniqueKey_listsTheKeys() {
        assertThatThrownBy(() -> items.bulkCreate(codes(1)).onConflictUpdate("n"))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("onConflictUpdate of \"item\" by n: that is no unique key."
                        + " Unique keys: id; note where active = 1; code.");
        assertThatThrownBy(() ->
                        items.bulkCreate(codes(1)).onConflictUpdate("code").set("nn"))
                .isInstanceOf(UnknownFieldException.class);
    }

    @Test
    void inATransaction_windowsBelongToIt() {
        Flux<BulkResult> work = fixture.db.inTransaction(tx -> items.bulkCreate(codes(5))
                .batch(2)
                .result()
                .doOnNext(done -> assertThat(stored()).isZero()));
        StepVerifier.create(work)
                .expectNext(new BulkResult(5, 0, 0, 3))
                .expectComplete()
                .verify(Fixture.PATIENCE);
        assertThat(stored()).isEqualTo(5);

        Flux<BulkResult> undone =
                fixture.db.inTransaction(tx -> items.bulkCreate(codes(5).map(row -> row.with("code", null)))
                        .result()
                        .then(Mono.error(new IllegalStateException("no"))));
        StepVerifier.create(undone).expectErrorMessage("no").verify(Fixture.PATIENCE);
        assertThat(stored()).isEqualTo(5);
    }

    @Test
    void atomicRows_areCapped_unlessTheyWereInMemoryBefore() {
        Fixture small = Fixture.ofScript(
                access,
                directory,
                "CREATE TABLE item (id INTEGER PRIMARY KEY, code TEXT)",
                DatabaseOptions.defaults().maxMaterializeRows(10));
        QuerySet<Row> rows = small.db.objects("item");
        assertThatThrownBy(() -> rows.bulkCreate(codes(11)).atomic().rows().blockLast(Fixture.PATIENCE))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("nothing was written");
        assertThat(answer(rows.count())).isZero();
        assertThat(answer(rows.bulkCreate(codes(11)).atomic().result()).inserted())
                .isEqualTo(11);
        List<Fields> list = answer(codes(11).collectList());
        assertThat(answer(rows.bulkCreate(list).rows().collectList())).hasSize(11);
        small.awaitClosed();
        small.close();
    }

    @Test
    void bulkUpdate_writesEachRowByItsKey() {
        answer(items.bulkCreate(codes(4)).result());
        fixture.sent();
        Flux<Fields> source = Flux.range(1, 6).map(i -> Fields.of("id", i, "n", i * 10, "code", "ignored"));
        assertThat(answer(items.filter("id__lt", 4).bulkUpdate(source, "n"))).isEqualTo(3);
        assertThat(fixture.sent())
                .containsExactly("UPDATE \"item\" SET \"n\" = ? WHERE \"item\".\"id\" < ? AND \"item\".\"id\" = ?");
        assertThat(fixture.jdbc("SELECT n FROM item ORDER BY id"))
                .containsExactly(List.of(10), List.of(20), List.of(30), List.of(7));
    }

    @Test
    void bulkUpdate_whatCannotBe_isRefused() {
        assertThatThrownBy(() -> items.bulkUpdate(List.of(), "id")).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> items.bulkUpdate(List.of())).isInstanceOf(InvalidQueryException.class);
        StepVerifier.create(items.bulkUpdate(List.of(Fields.of("id", 1)), "n"))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageStartingWith("Row 0: Invalid value for item.n"))
                .verify(Fixture.PATIENCE);
        answer(items.bulkCreate(codes(3)).result());
        BulkException error = failure(
                items.bulkUpdate(List.of(Fields.of("id", 1, "code", "new"), Fields.of("id", 2, "code", "c2")), "code"));
        assertThat(error.row()).isEqualTo(1);
        assertThat(fixture.jdbc("SELECT code FROM item WHERE id = 1")).containsExactly(List.of("c0"));
    }
}
