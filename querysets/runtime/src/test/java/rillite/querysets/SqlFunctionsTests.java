package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.R2dbcException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Regular expressions and case folding through functions of our own. */
final class SqlFunctionsTests {

    private static final String SCRIPT = """
            CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT, other TEXT, free);
            INSERT INTO word VALUES
              (1, 'Straße', 'STRA', 'x'), (2, 'STRASSE', 'stra', 12), (3, 'éclair', 'ÉCLAIR', 1.5),
              (4, 'ÉCLAIR', 'lair', x'3132'), (5, NULL, 'x', NULL), (6, 'a%b', NULL, '');
            """;

    @TempDir
    Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = Fixture.withFunctions(directory, SCRIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Asked words(String key, Object value) {
        return Asked.of(fixture, fixture.db.objects("word").filter(key, value).orderBy("id"));
    }

    @Test
    void regex_findsAnywhere() {
        words("text__regex", "^[A-S].*E$")
                .where("regexp(?, \"word\".\"text\") ORDER BY \"word\".\"id\"")
                .binds("^[A-S].*E$")
                .keys(2L);
        words("text__regex", "tra").keys(1L);
        words("text__regex", Pattern.compile("c.a")).keys(3L);
    }

    @Test
    void iregex_ignoresCaseInAllOfUnicode() {
        words("text__iregex", "^éCl").binds("(?iu)^éCl").keys(3L, 4L);
    }

    @Test
    void regex_ofNumbersAndBlobs_comparesTheirText() {
        words("free__regex", "^1").keys(2L, 3L);
        words("free__regex", "^$").keys(6L);
    }

    @Test
    void regex_negated_keepsNull() {
        Asked.of(fixture, fixture.db.objects("word").exclude("text__regex", "(?i)cl"))
                .where("(regexp(?, \"word\".\"text\")) IS NOT TRUE")
                .keys(1L, 2L, 5L, 6L);
    }

    @Test
    void regex_againstAColumn_takesThePatternOfTheRow() {
        words("text__regex", F.of("other"))
                .where("regexp(\"word\".\"other\", \"word\".\"text\") ORDER BY \"word\".\"id\"")
                .keys();
        words("text__iregex", F.of("other"))
                .where("regexp(('(?iu)' || \"word\".\"other\"), \"word\".\"text\") ORDER BY \"word\".\"id\"")
                .keys(1L, 2L, 3L, 4L);
    }

    @Test
    void regex_ofNoPattern_throwsAtOnce() {
        assertThatThrownBy(() -> fixture.db.objects("word").filter("text__regex", "(a"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value for word.text (\"text__regex\"): no regular expression, Unclosed group at"
                        + " position 2. Patterns are those of java.util.regex.Pattern; Pattern.quote(..) takes a text"
                        + " literally.");
        assertThatThrownBy(() -> fixture.db.objects("word").filter("text__regex", null))
                .isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'); DROP TABLE word; --", "\"", "\0", "$1", "\\Q", "🌾", "(?i)", "--", "/*"})
    void regex_ofHostileText_isOnlyAPattern(String hostile) {
        words("text__regex", Pattern.quote(hostile)).binds(Pattern.quote(hostile));
        StepVerifier.create(fixture.db
                        .objects("word")
                        .filter("text__regex", Pattern.quote(hostile))
                        .count())
                .expectNext(0L)
                .verifyComplete();
        StepVerifier.create(fixture.db.objects("word").count()).expectNext(6L).verifyComplete();
    }

    @Test
    void regex_thatTakesForever_endsTheStatement() {
        Mono<Long> forever = fixture.db
                .sql("SELECT regexp('^(a|aa)+(\\1)?$', ?) AS hit", "a".repeat(64) + "b")
                .values()
                .flat(Long.class)
                .get();

        StepVerifier.create(forever).expectError(R2dbcException.class).verify(Fixture.PATIENCE);
        StepVerifier.create(fixture.db.objects("word").count()).expectNext(6L).verifyComplete();
    }

    @Test
    void regexp_pastItsDeadline_stops() {
        @Nullable Object[] arguments = {"^(a|aa)+(\\1)?$", "a".repeat(64) + "b"};

        assertThatThrownBy(() -> new Regexp(Duration.ofMillis(20)).call(arguments))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void regexp_remembersAFewPatterns() throws Exception {
        Regexp regexp = new Regexp();

        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 200; i++) {
                assertThat(regexp.call(new @Nullable Object[] {"^x" + i + "$", "x" + i}))
                        .isEqualTo(true);
                assertThat(regexp.call(new @Nullable Object[] {"^x" + i + "$", "y"}))
                        .isEqualTo(false);
            }
        }
        assertThat(regexp.call(new @Nullable Object[] {null, "y"})).isNull();
        assertThat(regexp.call(new @Nullable Object[] {"y", null})).isNull();
    }

    @Test
    void lookups_ofOtherNeedles_foldTheColumn() {
        words("text__icontains", "Écl")
                .where("instr(rl_fold(\"word\".\"text\"), ?) > 0 ORDER BY \"word\".\"id\"")
                .binds("écl")
                .keys(3L, 4L);
        words("text__iexact", "ÉclaiR")
                .where("rl_fold(\"word\".\"text\") = ? ORDER BY \"word\".\"id\"")
                .keys(3L, 4L);
        words("text__istartswith", "éC").keys(3L, 4L);
        words("text__iendswith", "straßE").keys(1L);
    }

    @Test
    void lookups_againstAColumn_foldBothSides() {
        words("text__iexact", F.of("other"))
                .where("rl_fold(\"word\".\"text\") = rl_fold(\"word\".\"other\") ORDER BY \"word\".\"id\"")
                .keys(3L);
        words("text__istartswith", F.of("other"))
                .where("substr(rl_fold(\"word\".\"text\"), 1, length(rl_fold(\"word\".\"other\"))) ="
                        + " rl_fold(\"word\".\"other\") ORDER BY \"word\".\"id\"")
                .keys(1L, 2L, 3L);
        words("text__iendswith", F.of("other")).keys(3L, 4L);
        words("text__icontains", F.of("other")).keys(1L, 2L, 3L, 4L);
    }

    @Test
    void open_registersTheFunctions() {
        Path file = Fixture.fill(directory, SCRIPT);

        StepVerifier.create(Mono.usingWhen(
                        Database.open(file),
                        db -> db.objects("word")
                                .filter("text__iregex", "^É", "text__icontains", F.of("other"))
                                .orderBy("id")
                                .values("id")
                                .flat(Long.class)
                                .list(),
                        Database::close))
                .expectNext(List.of(3L, 4L))
                .verifyComplete();
    }

    @Test
    void fold_canServeAnIndex() {
        StepVerifier.create(fixture.db
                        .sql("CREATE INDEX word_folded ON word(rl_fold(text))")
                        .execute())
                .expectNextCount(1)
                .verifyComplete();

        QuerySet<Row> query = fixture.db.objects("word").filter("text__iexact", "éclair");

        // A connection learns of the new index from the statement that it runs next, and EXPLAIN runs nothing.
        StepVerifier.create(query.count()).expectNext(2L).verifyComplete();
        StepVerifier.create(query.explain().map(Plan::toString))
                .assertNext(plan -> assertThat(plan).contains("USING INDEX word_folded"))
                .verifyComplete();
    }
}
