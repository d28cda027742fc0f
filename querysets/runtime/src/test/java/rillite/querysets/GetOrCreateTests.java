package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** One row found or made, also when many ask for it at once. */
@ParameterizedClass
@EnumSource(Access.class)
final class GetOrCreateTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;
    private QuerySet<Row> words;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, """
                PRAGMA journal_mode = WAL;
                CREATE TABLE lang (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
                CREATE TABLE word (
                    id INTEGER PRIMARY KEY,
                    text TEXT NOT NULL,
                    seen INTEGER NOT NULL DEFAULT 0,
                    lang_id INTEGER REFERENCES lang
                );
                INSERT INTO lang VALUES (1, 'en'), (2, 'de');
                INSERT INTO word VALUES (1, 'one', 0, 1), (2, 'two', 0, NULL), (3, 'two', 5, 2);
                """);
        words = fixture.db.objects("word");
    }

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    @Test
    void getOrCreate_ofAMiss_isOneConditionalInsert() {
        Created<Row> made = answer(words.getOrCreate(Fields.of("text", "six"), Fields.of("seen", 6)));
        assertThat(made.created()).isTrue();
        assertThat(made.value().asMap())
                .containsEntry("id", 4L)
                .containsEntry("text", "six")
                .containsEntry("seen", 6L);
        assertThat(fixture.sent())
                .hasSize(2)
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("INSERT INTO \"word\" (\"text\", \"seen\") SELECT ?, ? WHERE NOT (EXISTS (SELECT 1 FROM"
                        + " \"word\" WHERE \"word\".\"text\" = ?)) RETURNING");
        Created<Row> again = answer(words.getOrCreate(Fields.of("text", "six")));
        assertThat(again).isEqualTo(new Created<>(made.value(), false));
    }

    @Test
    void getOrCreate_lookupsAndRelations_areNotWritten_butPlainOnesAre() {
        Row lang = answer(fixture.db.objects("lang").find(2));
        Created<Row> made = answer(words.getOrCreate(
                Fields.of("lang", lang, "text__exact", "acht", "seen__gte", 0, "lang__code", "de"), Fields.empty()));
        assertThat(made.value().asMap())
                .containsEntry("lang_id", 2L)
                .containsEntry("text", "acht")
                .containsEntry("seen", 0L);
        Created<Row> nulls = answer(words.getOrCreate(Fields.of("text", "nine", "lang", null)));
        assertThat(nulls.value().get("lang_id")).isNull();
        assertThat(answer(words.getOrCreate(Fields.of("text", "nine", "lang", null)))
                        .created())
                .isFalse();
    }

    @Test
    void getOrCreate_defaultsWinOverTheLookup() {
        Created<Row> made =
                answer(words.getOrCreate(Fields.of("lang_id", 1, "seen", 77), Fields.of("text", "x", "lang", 2)));
        assertThat(made.value().get("lang_id")).isEqualTo(2L);
    }

    @Test
    void getOrCreate_ofSeveral_isAnError() {
        StepVerifier.create(words.getOrCreate(Fields.of("text", "two")))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(MultipleObjectsException.class);
                    assertThat(((MultipleObjectsException) error).found()).isEqualTo(2);
                })
                .verify(Fixture.PATIENCE);
    }

    @Test
    void getOrCreate_whatCannotBe_isRefusedAtOnce_orWhenTheRowIsNeeded() {
        assertThatThrownBy(() -> words.getOrCreate(Fields.empty())).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> words.getOrCreate(Fields.of("txet", "x"))).isInstanceOf(UnknownFieldException.class);
        assertThatThrownBy(() -> words.getOrCreate(Fields.of("text", "x"), Fields.of("seen", "many")))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> words.limit(1).getOrCreate(Fields.of("text", "x")))
                .isInstanceOf(InvalidQueryException.class);
        StepVerifier.create(words.getOrCreate(Fields.of("seen", 99)))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("word.text"))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void getOrCreate_ofAHundredAtOnce_makesOneRow() {
        for (String text : List.of("a", "b", "c")) {
            List<Created<Row>> all = Flux.range(0, 100)
                    .flatMap(
                            i -> words.getOrCreate(Fields.of("text", text), Fields.of("seen", i))
                                    .subscribeOn(Schedulers.parallel()),
                            access == Access.BARE ? 1 : 100)
                    .collectList()
                    .block(Fixture.PATIENCE);
            assertThat(all).hasSize(100);
            assertThat(all).filteredOn(Created::created).hasSize(1);
            assertThat(all)
                    .extracting(one -> one.value().pk())
                    .containsOnly(all.get(0).value().pk());
        }
        assertThat(answer(words.filter("text__in", List.of("a", "b", "c")).count()))
                .isEqualTo(3);
    }

    @Test
    void getOrCreate_rowMadeByAnotherBetweenTheStatements_isFound() {
        List<String> told = new java.util.concurrent.CopyOnWriteArrayList<>();
        Database db = answer(Database.over(
                fixture.connections, DatabaseOptions.defaults().statementListener(sql -> {
                    told.add(sql);
                    if (told.size() == 1) {
                        Schedulers.boundedElastic().schedule(() -> {});
                    }
                    if (sql.startsWith("INSERT") && told.size() == 2) {
                        fixture.jdbc("INSERT INTO word (text) VALUES ('race')");
                    }
                })));
        Created<Row> found = answer(db.objects("word").getOrCreate(Fields.of("text", "race")));
        assertThat(found.created()).isFalse();
        assertThat(told).hasSize(3);
    }

    @Test
    void getOrCreate_insideATransaction_belongsToIt() {
        Flux<Object> work = fixture.db.inTransaction(tx -> words.getOrCreate(Fields.of("text", "gone"))
                .flatMap(made -> words.getOrCreate(Fields.of("text", "gone")))
                .doOnNext(again -> assertThat(again.created()).isFalse())
                .then(Mono.error(new IllegalStateException("no"))));
        StepVerifier.create(work).expectErrorMessage("no").verify(Fixture.PATIENCE);
        assertThat(answer(words.filter("text", "gone").exists())).isFalse();
    }

    @Test
    void updateOrCreate_updatesTheOne_orCreates() {
        Created<Row> updated = answer(words.updateOrCreate(
                Fields.of("text", "one"), Fields.of("seen", F.of("seen").plus(1)), Fields.of("seen", 1)));
        assertThat(updated.created()).isFalse();
        assertThat(updated.value().get("seen")).isEqualTo(1L);
        Created<Row> made = answer(words.updateOrCreate(
                Fields.of("text", "new"), Fields.of("seen", F.of("seen").plus(1)), Fields.of("seen", 1)));
        assertThat(made.created()).isTrue();
        assertThat(made.value().get("seen")).isEqualTo(1L);
        fixture.sent();
        assertThat(answer(words.updateOrCreate(Fields.of("text", "one"), Fields.empty()))
                        .created())
                .isFalse();
        assertThat(fixture.sent())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("SELECT");
    }

    @Test
    void updateOrCreate_ofSeveral_writesNothing() {
        StepVerifier.create(words.updateOrCreate(Fields.of("text", "two"), Fields.of("seen", 9)))
                .expectError(MultipleObjectsException.class)
                .verify(Fixture.PATIENCE);
        assertThat(answer(words.filter("seen", 9).count())).isZero();
    }

    @Test
    void updateOrCreate_ofAHundredAtOnce_countsThemAll() {
        Flux.range(0, 100)
                .flatMap(
                        i -> words.updateOrCreate(
                                Fields.of("text", "hits"),
                                Fields.of("seen", F.of("seen").plus(1)),
                                Fields.of("seen", 1)),
                        access == Access.BARE ? 1 : 100)
                .blockLast(Fixture.PATIENCE);
        assertThat(fixture.jdbc("SELECT seen FROM word WHERE text = 'hits'")).containsExactly(List.of(100));
    }
}
