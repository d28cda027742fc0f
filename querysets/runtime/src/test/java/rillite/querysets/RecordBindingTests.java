package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@ParameterizedClass
@EnumSource(Access.class)
final class RecordBindingTests {

    record Card(String title, String authorName) {}

    record Snake(String title, String author_name, int pages) {}

    record Aged(long id, int age) {}

    record AgedOrNot(
            long id, Optional<Integer> age, @Nullable String email) {}

    record Dated(String title, @Nullable LocalDate published, Optional<Long> publisher) {}

    record Counted(String name, int n) {}

    record Picky(int pages) {
        Picky {
            if (pages > 100) {
                throw new IllegalArgumentException("too long");
            }
        }
    }

    record Typo(String titel) {}

    record Nothing() {}

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture library;

    @BeforeEach
    void open() {
        library = Fixture.library(access, directory);
    }

    @AfterEach
    void close() {
        library.close();
    }

    private QuerySet<Row> authors() {
        return library.db.objects("author").orderBy("id");
    }

    private QuerySet<Row> books() {
        return library.db.objects("book").orderBy("id");
    }

    private static <T> List<T> list(Publisher<T> publisher) {
        return java.util.Objects.requireNonNull(
                Flux.from(publisher).collectList().block(Fixture.PATIENCE));
    }

    @Test
    void into_readsWhatTheComponentsName() {
        Projection<Row, Card> cards = books().limit(2).into(Card.class);

        assertThat(cards.toSql().sql())
                .isEqualTo("SELECT \"book\".\"title\", \"author\".\"name\" FROM \"book\" JOIN \"author\""
                        + " ON \"author\".\"id\" = \"book\".\"author_id\" ORDER BY \"book\".\"id\" LIMIT ?");
        assertThat(list(cards)).containsExactly(new Card("A1", "Ann"), new Card("A2", "Ann"));
    }

    @Test
    void into_takesSnakeCaseAndPrimitives() {
        assertThat(list(books().filter("id", 1).into(Snake.class))).containsExactly(new Snake("A1", "Ann", 100));
        assertThat(list(books().filter("id", 1)
                        .values("pages", "title", "author__name")
                        .into(Snake.class)))
                .containsExactly(new Snake("A1", "Ann", 100));
    }

    @Test
    void into_staysAQuery() {
        Projection<Row, Card> cards =
                books().into(Card.class).filter("pages__gt", 100).reverse();

        StepVerifier.create(cards.first()).expectNextCount(1).verifyComplete();
        StepVerifier.create(cards.count()).expectNext(2L).verifyComplete();
    }

    @Test
    void into_readsAnnotations() {
        assertThat(list(authors().annotate("n", Agg.count("books")).limit(2).into(Counted.class)))
                .containsExactly(new Counted("Ann", 2), new Counted("Bob", 1));
    }

    @Test
    void into_readsNullIntoOptionalAndClasses() {
        assertThat(list(authors().filter("id__in", List.of(1, 3)).into(AgedOrNot.class)))
                .containsExactly(
                        new AgedOrNot(1, Optional.of(40), "ann@x.org"), new AgedOrNot(3, Optional.empty(), null));
        assertThat(list(books().filter("id", 1).into(Dated.class)))
                .containsExactly(new Dated("A1", LocalDate.of(2020, 1, 1), Optional.of(1L)));
    }

    @Test
    void into_ofNullAndPrimitive_isAnErrorThatNamesTheCell() {
        StepVerifier.create(authors().filter("id", 3).into(Aged.class))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessage("The value of author.age (id 3) is NULL, which the component int age of Aged cannot"
                                + " hold. Declare it as a class or Optional, or leave such rows out."))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void into_ofARefusingRecord_keepsTheCause() {
        StepVerifier.create(books().filter("id", 2).into(Picky.class))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("The record Picky refuses a row of book")
                        .hasCauseInstanceOf(IllegalArgumentException.class))
                .verify(Fixture.PATIENCE);
    }

    @Test
    void into_ofUnknownComponent_throwsAtOnce() {
        assertThatThrownBy(() -> books().into(Typo.class))
                .isInstanceOf(UnknownFieldException.class)
                .hasMessageStartingWith("Unknown field \"titel\" on book (in \"Typo.titel\"). Did you mean title?");
        assertThatThrownBy(() -> books().values("title").into(Typo.class))
                .isInstanceOf(UnknownFieldException.class)
                .hasMessageContaining("Did you mean title?");
    }

    @Test
    void into_ofSomethingWithoutComponent_throwsAtOnce() {
        assertThatThrownBy(
                        () -> books().values("title", "author__name", "pages").into(Card.class))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage("The record Card has no component for \"pages\", which the query reads. Leave it out of"
                        + " values(..), or add \"pages\" to the record. Components: title, authorName");
        assertThatThrownBy(() -> books().annotate("n", Agg.count("tags")).into(Card.class))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("annotation \"n\"");
        assertThatThrownBy(() -> books().into(String.class)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> books().into(Nothing.class)).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void into_ofRawSql_bindsByTheColumnsOfTheResult() {
        assertThat(list(library.db
                        .sql("SELECT name, 7 AS n FROM author WHERE id = ?", 1)
                        .into(Counted.class)))
                .containsExactly(new Counted("Ann", 7));
        assertThat(list(library.db
                        .sql("SELECT name, 7 AS n FROM author WHERE id = 99")
                        .into(Counted.class)))
                .isEmpty();
        assertThat(list(library.db
                        .sql("SELECT * FROM author WHERE id = 1")
                        .values("name", "age")
                        .into(Counted2.class)))
                .containsExactly(new Counted2("Ann", 40));
    }

    record Counted2(String name, int age) {}

    @Test
    void into_ofRawSql_withOtherColumns_isAnError() {
        StepVerifier.create(library.db.sql("SELECT name FROM author").into(Counted.class))
                .verifyError(UnknownFieldException.class);
        StepVerifier.create(library.db
                        .sql("SELECT name, 1 AS n, 2 AS m FROM author")
                        .into(Counted.class))
                .verifyError(InvalidQueryException.class);
        StepVerifier.create(library.db.sql("SELECT nosuch FROM author").into(Counted.class))
                .verifyError();
        assertThatThrownBy(() -> library.db.sql("SELECT 1").into(String.class))
                .isInstanceOf(InvalidQueryException.class);
    }
}
