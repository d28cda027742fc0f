package rillite.querysets;

import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The semantics of lookups in texts, numbers and dates: text, binds, rows and number of statements. */
final class LookupSemanticsTests extends LibraryTestCase {

    @SemanticsRow(60)
    @Test
    void patternCharacters_meanThemselves() {
        ask(books.filter("title__contains", "%_"))
                .tail("\"book\" WHERE instr(\"book\".\"title\", ?) > 0")
                .binds("%_")
                .keys(5L);
        ask(authors.filter("name__startswith", "a_"))
                .tail("\"author\" WHERE \"author\".\"name\" >= ? AND \"author\".\"name\" < ?")
                .binds("a_", "a`")
                .keys(5L);
        ask(authors.filter("name__endswith", "\\d"))
                .tail("\"author\" WHERE substr(\"author\".\"name\", ?) = ?")
                .binds(-2L, "\\d")
                .keys(5L);
    }

    @SemanticsRow(61)
    @Test
    void text_againstAColumn_seesCase() {
        ask(authors.filter("email__contains", F.of("name")))
                .tail("\"author\" WHERE instr(\"author\".\"email\", \"author\".\"name\") > 0")
                .binds()
                .keys();
        refuses(
                () -> authors.filter("email__istartswith", F.of("name")),
                InvalidLookupException.class,
                "The lookup \"istartswith\" (in \"email__istartswith\") against a column needs the capability");
        try (Fixture withFunctions = Fixture.libraryWithFunctions(directory)) {
            Asked.of(withFunctions, withFunctions.db.objects("author").filter("email__istartswith", F.of("name")))
                    .tail(
                            "\"author\" WHERE substr(rl_fold(\"author\".\"email\"), 1, length(rl_fold(\"author\".\"name\"))) = rl_fold(\"author\".\"name\")")
                    .binds()
                    .keys(1L, 2L);
        }
    }

    @SemanticsRow(62)
    @Test
    void contains_seesCase_icontainsDoesNot() {
        ask(authors.filter("name__contains", "ANN"))
                .tail("\"author\" WHERE instr(\"author\".\"name\", ?) > 0")
                .binds("ANN")
                .keys();
        ask(authors.filter("name__icontains", "ANN"))
                .tail("\"author\" WHERE \"author\".\"name\" LIKE ? ESCAPE '\\'")
                .binds("%ANN%")
                .keys(1L);
    }

    @SemanticsRow(63)
    @Test
    void ignoringCase_foldsBeyondAscii() {
        ask(authors.filter("name__icontains", "éVA"))
                .tail("\"author\" WHERE instr(replace(lower(\"author\".\"name\"), ?, ?), ?) > 0")
                .binds("É", "é", "éva")
                .keys(4L);
        ask(authors.filter("name__iexact", "éva"))
                .tail("\"author\" WHERE replace(lower(\"author\".\"name\"), ?, ?) = ?")
                .binds("É", "é", "éva")
                .keys(4L);
    }

    @SemanticsRow(64)
    @Test
    void regex_isAFunctionOfTheConnection() {
        refuses(() -> authors.filter("name__regex", "^[A-B]"), InvalidLookupException.class, "\"functions\"");
        try (Fixture withFunctions = Fixture.libraryWithFunctions(directory)) {
            QuerySet<Row> all = withFunctions.db.objects("author");
            Asked.of(withFunctions, all.filter("name__regex", "^[A-B]"))
                    .tail("\"author\" WHERE regexp(?, \"author\".\"name\")")
                    .binds("^[A-B]")
                    .keys(1L, 2L);
            Asked.of(withFunctions, all.filter("name__iregex", "^a"))
                    .tail("\"author\" WHERE regexp(?, \"author\".\"name\")")
                    .binds("(?iu)^a")
                    .keys(1L, 5L);
        }
    }

    @SemanticsRow(65)
    @Test
    void year_isARange() {
        ask(books.filter("published__year", 2020))
                .tail("\"book\" WHERE \"book\".\"published\" >= ? AND \"book\".\"published\" < ?")
                .binds("2020-01-01", "2021-01-01")
                .keys(1L, 2L);
        ask(books.filter("published__year__gte", 2021))
                .tail("\"book\" WHERE \"book\".\"published\" >= ?")
                .binds("2021-01-01")
                .keys(3L, 5L);
    }

    @SemanticsRow(66)
    @Test
    void year_ofDateTime_isARange() {
        ask(books.filter("created__year", 2020))
                .tail("\"book\" WHERE \"book\".\"created\" >= ? AND \"book\".\"created\" < ?")
                .binds("2020-01-01", "2021-01-01")
                .keys(1L, 2L);
    }

    @SemanticsRow(67)
    @Test
    void partsOfDates() {
        ask(books.filter("published__month", 1))
                .tail("\"book\" WHERE CAST(strftime('%m', \"book\".\"published\") AS INTEGER) = ?")
                .binds(1L)
                .keys(1L, 3L);
        ask(books.filter("published__week_day", 6))
                .tail("\"book\" WHERE (CAST(strftime('%w', \"book\".\"published\") AS INTEGER) + 1) = ?")
                .binds(6L)
                .keys(3L);
        ask(books.filter("created__date", LocalDate.of(2020, 12, 31)))
                .tail("\"book\" WHERE \"book\".\"created\" >= ? AND \"book\".\"created\" < ?")
                .binds("2020-12-31", "2021-01-01")
                .keys(2L);
    }

    @SemanticsRow(68)
    @Test
    void fractionsOfSeconds_compareAsText() {
        ask(books.filter("created__lte", LocalDateTime.of(2021, 6, 15, 12, 0)))
                .tail("\"book\" WHERE \"book\".\"created\" <= ?")
                .binds("2021-06-15 12:00:00")
                .keys(1L, 2L, 3L);
    }

    @SemanticsRow(69)
    @Test
    void dates_areTheFirstDaysOfPeriods_withoutNull() {
        gives(
                books.dates("published", DatePart.YEAR).map(LocalDate::toString),
                List.of(
                        "SELECT DISTINCT date(\"book\".\"published\", 'start of year') FROM \"book\" WHERE date(\"book\".\"published\", 'start of year') IS NOT NULL ORDER BY date(\"book\".\"published\", 'start of year')"),
                "2020-01-01",
                "2021-01-01");
    }

    @SemanticsRow(70)
    @Test
    void numbersBeyondTheColumn() {
        gives(authors.filter("id", BigInteger.TWO.pow(70)), List.of());
        ask(authors.filter("age__gte", 29.5))
                .tail("\"author\" WHERE \"author\".\"age\" >= ?")
                .binds(29.5)
                .keys(1L, 2L, 4L);
        refuses(() -> authors.filter("age", "abc"), InvalidValueException.class, "a whole number");
    }
}
