package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One test per error text. Each is thrown by the verb, before anything is sent. */
@ParameterizedClass
@EnumSource(Access.class)
final class ErrorTextTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture library;

    @AfterEach
    void close() {
        library.close();
    }

    @BeforeEach
    void open() {
        library = Fixture.library(access, directory);
    }

    private QuerySet<Row> authors() {
        return library.db.objects("author");
    }

    private QuerySet<Row> books() {
        return library.db.objects("book");
    }

    private interface Call {
        Object run();
    }

    private void check(Call call, Class<?> type, String message) {
        Throwable thrown = catchThrowable(call::run);
        assertThat(thrown).isExactlyInstanceOf(type).hasMessage(message);
        assertThat(library.sent()).isEmpty();
    }

    @Test
    void unknownTable_namesTheNearest() {
        check(
                () -> library.db.objects("auhtor"),
                UnknownTableException.class,
                "Unknown table \"auhtor\". Did you mean author?"
                        + " Tables: author, award, book, book_tag, profile, publisher, review, tag."
                        + " A table that was created just now is known after refresh().");
    }

    @Test
    void unknownField_namesTheNearest() {
        check(
                () -> authors().filter("emial__endswith", "x"),
                UnknownFieldException.class,
                "Unknown field \"emial\" on author (in \"emial__endswith\"). Did you mean email?"
                        + " Fields: id, name, email, age, mentor_id. Relations: mentor, mentees, awards, books, profile");
        check(
                () -> authors().orderBy("mentorID"),
                UnknownFieldException.class,
                "Unknown field \"mentorID\" on author. Did you mean mentor_id or mentor?"
                        + " Fields: id, name, email, age, mentor_id. Relations: mentor, mentees, awards, books, profile");
        check(
                () -> authors().values("zzz"),
                UnknownFieldException.class,
                "Unknown field \"zzz\" on author. Fields: id, name, email, age, mentor_id. Relations: mentor, mentees, awards, books, profile");
    }

    @Test
    void unknownField_carriesItsParts() {
        UnknownFieldException thrown =
                (UnknownFieldException) catchThrowable(() -> authors().filter("nmae__gt", 1));
        assertThat(thrown.key()).isEqualTo("nmae__gt");
        assertThat(thrown.field()).isEqualTo("nmae");
        assertThat(thrown.table()).isEqualTo("author");
        assertThat(thrown.nearest()).containsExactly("name");
    }

    @Test
    void unknownLookup_namesTheNearest() {
        check(
                () -> authors().filter("name__startwith", "x"),
                InvalidLookupException.class,
                "Unknown lookup \"startwith\" on author.name (in \"name__startwith\", part 2)."
                        + " Did you mean startswith or istartswith? Lookups: exact, iexact, contains, icontains, startswith,"
                        + " istartswith, endswith, iendswith, like, gt, gte, lt, lte, range, in, isnull, regex, iregex,"
                        + " match, year and 15 more");
    }

    @Test
    void lookup_thatDoesNotFit_namesTheType() {
        check(
                () -> authors().filter("age__year", 2020),
                InvalidLookupException.class,
                "The lookup \"year\" (in \"age__year\") is not for author.age, whose type is INTEGER.");
    }

    @Test
    void regex_withoutTheFunction_namesTheCapability() {
        check(
                () -> authors().filter("name__regex", "^A"),
                InvalidLookupException.class,
                "The lookup \"regex\" (in \"name__regex\") needs the capability \"functions\","
                        + " which this connection does not offer. Open the file with Database.open(..), or give the"
                        + " connection factory SqlFunctions.addTo(..).");
    }

    @Test
    void value_ofWrongType_isNotPrinted() {
        check(
                () -> authors().filter("age", "secret"),
                InvalidValueException.class,
                "Invalid value for author.age: got a String, expected a whole number.");
        check(
                () -> authors().filter("age__gt", null),
                InvalidValueException.class,
                "Invalid value for author.age (\"age__gt\"): got null, expected a value; NULL is isnull.");
        check(
                () -> authors().filter("email__isnull", 1),
                InvalidValueException.class,
                "Invalid value for author.email (\"email__isnull\"): got an Integer, expected true or false.");
        check(
                () -> authors().filter("age__in", 3),
                InvalidValueException.class,
                "Invalid value for author.age (\"age__in\"): got an Integer,"
                        + " expected a collection, an array or a QuerySet.");
        check(
                () -> books().filter("created", Instant.EPOCH),
                InvalidValueException.class,
                "Invalid value for book.created: got an Instant, expected a LocalDateTime or its text"
                        + " yyyy-MM-dd HH:mm:ss (an Instant has to name its time zone first).");
        check(
                () -> authors().create("name", "x", "age", BigInteger.TWO.pow(70)),
                InvalidValueException.class,
                "Invalid value for author.age: got a BigInteger, expected an integer of at most 64 bits.");
        check(
                () -> authors().create("age", 3),
                InvalidValueException.class,
                "Invalid value for author.name: got null, expected a value: the column is NOT NULL and has no default.");
    }

    @Test
    void verb_afterSlice_saysWhatToDo() {
        check(
                () -> authors().limit(2).filter("id", 1),
                InvalidQueryException.class,
                "Cannot filter \"author\" after a slice: it would not be clear which rows are meant."
                        + " Call filter before slice, limit or offset.");
        check(
                () -> authors().slice(-1),
                InvalidQueryException.class,
                "Cannot slice \"author\" from -1: positions count from 0. For the last rows use reverse().");
    }

    @Test
    void sliceWithoutOrder_isNotWritten() {
        check(
                () -> authors().limit(1).delete(),
                InvalidQueryException.class,
                "Cannot delete from a slice of \"author\" without an order: which rows are meant is left to chance."
                        + " Add orderBy before the slice.");
    }

    @Test
    void pairs_thatDoNotMatch_areNamed() {
        check(
                () -> authors().filter("age", 1, "name"),
                InvalidQueryException.class,
                "Keys and values must come in pairs; the last key after \"age\" has no value.");
        check(
                () -> authors().filter("age", 1, 2, 3),
                InvalidQueryException.class,
                "Argument 3 of the call that begins with \"age\" must be a key, a String.");
        check(() -> Fields.of("age", 1, "age", 2), InvalidQueryException.class, "The field \"age\" is given twice.");
    }

    @Test
    void queries_ofTwoTables_doNotCombine() {
        check(
                () -> authors().or(books()),
                InvalidQueryException.class,
                "Cannot combine \"author\" with \"book\" by or: both must be queries of one table of one database.");
    }

    @Test
    void in_withTwoColumns_saysWhatToDo() {
        check(
                () -> books().filter("author_id__in", authors().values("id", "name")),
                InvalidQueryException.class,
                "The query in \"author_id__in\" must yield one column, it yields 2. Choose one with values(..).");
    }

    @Test
    void depth_beyondTheLimit_isRefusedWithTheNumber() {
        check(
                () -> {
                    Q<Object> q = Q.of("id", 1);
                    for (int i = 0; i < 2_000; i++) {
                        q = i % 2 == 0 ? q.or(Q.of("age", i)) : q.and(Q.of("age", i));
                    }
                    return q;
                },
                InvalidQueryException.class,
                "A condition may be nested 900 levels deep, this one has 901."
                        + " Combine many conditions of one kind with Q.allOf or Q.anyOf.");
    }

    @Test
    void depth_withinTheLimit_runs() {
        Q<Object> q = Q.of("id", 1);
        for (int i = 0; i < 890; i++) {
            q = i % 2 == 0 ? q.or(Q.of("age", i)) : q.and(Q.of("age__lt", 1_000));
        }
        assertThat(library.keys(authors().filter(q))).isNotEmpty();
    }

    @Test
    void notFound_andNotLoaded_sayWhatToDo() {
        Throwable missing = catchThrowable(() -> authors().get("id", 99).block(Fixture.PATIENCE));
        assertThat(missing).hasMessage("No row of author matches. Use first() or find(key) where that is expected.");
        Row row = authors().values("name").first().block(Fixture.PATIENCE);
        assertThat(row).isNotNull();
        assertThat(catchThrowable(() -> row.get("age")))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessage("The column author.age was not read by the query of this row, which reads: name."
                        + " Add it to values(..).");
        assertThat(catchThrowable(row::pk))
                .isExactlyInstanceOf(NotLoadedException.class)
                .hasMessage("The key of author was not read by the query of this row. Add \"pk\" to values(..).");
        assertThat(catchThrowable(() -> row.get("nam")))
                .isExactlyInstanceOf(UnknownFieldException.class)
                .hasMessage("Unknown field \"nam\" in a row of author. Did you mean name? Fields: name");
    }

    @Test
    void contains_rowOfAnotherTable_isRefused() {
        Row book = books().first().block(Fixture.PATIENCE);
        library.sent();
        assertThat(book).isNotNull();
        check(
                () -> authors().contains(book),
                InvalidValueException.class,
                "Invalid value for author.pk: got a Row, expected a key or row of author.");
        check(
                () -> authors().filter("id__in", List.of(book)),
                InvalidValueException.class,
                "Invalid value for author.id: got a Row, expected a value of type INTEGER,"
                        + " for example row.pk() of book.");
    }
}
