package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Access.class)
final class FnTests {

    private static final String SCRIPT = """
            CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL, nick TEXT, n INTEGER, r REAL, d DECIMAL,
              day DATE, at DATETIME, raw BLOB, meta JSON);
            INSERT INTO thing VALUES (1, '  Ann  ', NULL, -7, 2.5, 1.25, '2021-05-06', '2021-05-06 13:14:15.5', x'00ff',
              '{"a":{"b c":[1,"two",{"x.y":null}]},"q\\"uote":true,"n":[1,2,3]}');
            INSERT INTO thing VALUES (2, 'Éva', 'Ev', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
            """;

    private static final String HOSTILE = "'); DROP TABLE thing; -- \" ? $1 :a /* \\ % _ 🌾";

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private QuerySet<Row> things() {
        return fixture.db.objects("thing");
    }

    private String sql(Expr<?, ?> expr) {
        String sql = things().annotate("x", expr).values("x").toSql().sql();
        return sql.substring("SELECT ".length(), sql.indexOf(" FROM ")).replace("\"thing\".", "");
    }

    private @Nullable Object value(long id, Expr<?, ?> expr) {
        Row row = Objects.requireNonNull(
                things().filter("id", id).annotate("x", expr).values("x").get().block(Fixture.PATIENCE));
        return row.get("x");
    }

    private void check(Expr<?, ?> expr, String sql, @Nullable Object first, @Nullable Object second) {
        assertThat(sql(expr)).isEqualTo(sql);
        assertThat(value(1, expr)).isEqualTo(first);
        assertThat(value(2, expr)).isEqualTo(second);
    }

    @Test
    void texts_areComputed() {
        check(Fn.upper("name"), "upper(\"name\")", "  ANN  ", "ÉVA");
        check(Fn.lower("nick"), "lower(\"nick\")", null, "ev");
        check(Fn.length("name"), "length(\"name\")", 7L, 3L);
        check(Fn.trim("name"), "trim(\"name\")", "Ann", "Éva");
        check(Fn.ltrim("name"), "ltrim(\"name\")", "Ann  ", "Éva");
        check(Fn.rtrim("name"), "rtrim(\"name\")", "  Ann", "Éva");
        check(Fn.substr("name", 2), "substr(\"name\", ?)", " Ann  ", "va");
        check(Fn.substr("name", -3, 2), "substr(\"name\", ?, ?)", "n ", "Év");
        check(Fn.replace("name", "n", "m"), "replace(\"name\", ?, ?)", "  Amm  ", "Éva");
        check(Fn.hex("raw"), "hex(\"raw\")", "00FF", "");
        check(Fn.typeof("r"), "typeof(\"r\")", "real", "null");
        check(Fn.upper(Fn.trim("name")), "upper(trim(\"name\"))", "ANN", "ÉVA");
    }

    @Test
    void concat_countsNullAsEmpty() {
        check(
                Fn.concat("name", "/", F.of("nick")),
                "((\"name\" || ?) || coalesce(\"nick\", ''))",
                "  Ann  /",
                "Éva/Ev");
        check(Fn.concat("nick", (Object) null), "(coalesce(\"nick\", '') || coalesce(?, ''))", "", "Ev");
    }

    @Test
    void numbers_areComputed() {
        check(Fn.abs("n"), "abs(\"n\")", 7L, null);
        check(Fn.round("r"), "round(\"r\")", 3.0, null);
        check(Fn.round("d", 1), "round(\"d\", ?)", 1.3, null);
        check(Fn.ceil("r"), "ceil(\"r\")", 3.0, null);
        check(Fn.floor("n"), "floor(\"n\")", -7L, null);
        check(Fn.sign("n"), "sign(\"n\")", -1L, null);
        check(Fn.sqrt("n"), "sqrt(\"n\")", null, null);
        check(Fn.power("n", 2), "pow(\"n\", ?)", 49.0, null);
        check(Fn.mod("n", 4), "(\"n\" % ?)", -3L, null);
        check(Fn.mod("r", 2), "mod(\"r\", ?)", 0.5, null);
        check(Fn.mod("n", 0), "(\"n\" % ?)", null, null);
    }

    @Test
    void choices_areNullAware() {
        check(Fn.coalesce("nick", F.of("name"), "?"), "coalesce(\"nick\", \"name\", ?)", "  Ann  ", "Ev");
        check(Fn.coalesce("n", 0), "coalesce(\"n\", ?)", -7L, 0L);
        check(Fn.coalesce("n", null, 0.5), "coalesce(\"n\", ?, ?)", -7L, 0.5);
        check(Fn.greatest("n", 0), "max(\"n\", ?)", 0L, null);
        check(Fn.least("n", F.of("id"), 3), "min(\"n\", \"id\", ?)", -7L, null);
        check(Fn.nullIf("nick", "Ev"), "nullif(\"nick\", ?)", null, null);
        assertThatThrownBy(() -> Fn.coalesce("n")).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> Fn.greatest("n")).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void cast_readsAsTheJavaType() {
        check(Fn.cast("n", String.class), "CAST(\"n\" AS TEXT)", "-7", null);
        check(Fn.cast("r", long.class), "CAST(\"r\" AS INTEGER)", 2L, null);
        check(Fn.cast("n", Double.class), "CAST(\"n\" AS REAL)", -7.0, null);
        check(Fn.cast("d", BigDecimal.class), "CAST(\"d\" AS NUMERIC)", new BigDecimal("1.25"), null);
        check(Fn.cast("at", LocalDate.class), "date(\"at\")", LocalDate.of(2021, 5, 6), null);
        check(Fn.cast("at", LocalTime.class), "time(\"at\")", LocalTime.of(13, 14, 15), null);
        check(Fn.cast("day", LocalDateTime.class), "datetime(\"day\")", LocalDateTime.of(2021, 5, 6, 0, 0), null);
        assertThat(sql(Fn.cast("name", UUID.class))).isEqualTo("CAST(\"name\" AS TEXT)");
        assertThatThrownBy(() -> Fn.cast("n", Boolean.class)).isInstanceOf(InvalidQueryException.class);
        assertThatThrownBy(() -> Fn.cast("n", List.class)).isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void now_isUtc() {
        LocalDateTime now = (LocalDateTime) Objects.requireNonNull(value(1, Fn.now()));
        assertThat(now).isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within());
        assertThat(value(1, Fn.today()))
                .isIn(now.toLocalDate(), now.toLocalDate().plusDays(1));
        assertThat(sql(Fn.now())).isEqualTo("datetime('now')");
        assertThat(sql(Fn.today())).isEqualTo("date('now')");
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return new org.assertj.core.data.TemporalUnitWithinOffset(1, ChronoUnit.MINUTES);
    }

    @Test
    void extract_readsParts() {
        check(Fn.extract("at", DatePart.YEAR), "CAST(strftime('%Y', \"at\") AS INTEGER)", 2021L, null);
        check(Fn.extract("at", DatePart.QUARTER), "((CAST(strftime('%m', \"at\") AS INTEGER) + 2) / 3)", 2L, null);
        check(Fn.extract("day", DatePart.WEEK), "CAST(strftime('%V', \"day\") AS INTEGER)", 18L, null);
        assertThat(value(1, Fn.extract("at", DatePart.SECOND))).isEqualTo(15L);
        assertThatThrownBy(() -> sql(Fn.extract("n", DatePart.YEAR))).isInstanceOf(InvalidLookupException.class);
    }

    @Test
    void trunc_goesToTheBeginOfThePeriod() {
        check(Fn.trunc("day", DatePart.YEAR), "date(\"day\", 'start of year')", LocalDate.of(2021, 1, 1), null);
        check(Fn.trunc("day", DatePart.MONTH), "date(\"day\", 'start of month')", LocalDate.of(2021, 5, 1), null);
        assertThat(value(1, Fn.trunc("day", DatePart.QUARTER))).isEqualTo(LocalDate.of(2021, 4, 1));
        assertThat(value(1, Fn.trunc("day", DatePart.WEEK))).isEqualTo(LocalDate.of(2021, 5, 3));
        assertThat(value(1, Fn.trunc("day", DatePart.DAY))).isEqualTo(LocalDate.of(2021, 5, 6));
        assertThat(value(1, Fn.trunc("at", DatePart.YEAR))).isEqualTo(LocalDateTime.of(2021, 1, 1, 0, 0));
        assertThat(value(1, Fn.trunc("at", DatePart.QUARTER))).isEqualTo(LocalDateTime.of(2021, 4, 1, 0, 0));
        assertThat(value(1, Fn.trunc("at", DatePart.WEEK))).isEqualTo(LocalDateTime.of(2021, 5, 3, 0, 0));
        assertThat(value(1, Fn.trunc("at", DatePart.DAY))).isEqualTo(LocalDateTime.of(2021, 5, 6, 0, 0));
        assertThat(value(1, Fn.trunc("at", DatePart.HOUR))).isEqualTo(LocalDateTime.of(2021, 5, 6, 13, 0));
        assertThat(value(1, Fn.trunc("at", DatePart.MINUTE))).isEqualTo(LocalDateTime.of(2021, 5, 6, 13, 14));
        assertThat(value(1, Fn.trunc("at", DatePart.SECOND))).isEqualTo(LocalDateTime.of(2021, 5, 6, 13, 14, 15));
        assertThatThrownBy(() -> sql(Fn.trunc("day", DatePart.HOUR)))
                .isInstanceOf(InvalidLookupException.class)
                .hasMessageContaining("thing.day");
        assertThatThrownBy(() -> sql(Fn.trunc("n", DatePart.YEAR))).isInstanceOf(InvalidLookupException.class);
    }

    @Test
    void quartersAndWeeks_areThoseOfJava() {
        for (int day = 0; day < 800; day += 13) {
            LocalDate date = LocalDate.of(2019, 12, 20).plusDays(day);
            Expr<Object, LocalDate> given = Fn.cast(F.value(date), LocalDate.class);
            assertThat(value(1, Fn.trunc(given, DatePart.QUARTER)))
                    .isEqualTo(date.with(date.getMonth().firstMonthOfQuarter()).withDayOfMonth(1));
            assertThat(value(1, Fn.trunc(given, DatePart.WEEK))).isEqualTo(date.with(java.time.DayOfWeek.MONDAY));
        }
    }

    @Test
    void plus_movesAndClampsAsJavaDoes() {
        check(Fn.plus("day", 3, DatePart.DAY), "date(\"day\", (? || ' days'))", LocalDate.of(2021, 5, 9), null);
        assertThat(value(1, Fn.plus("day", F.of("n"), DatePart.DAY))).isEqualTo(LocalDate.of(2021, 4, 29));
        assertThat(value(1, Fn.plus("day", 2, DatePart.WEEK))).isEqualTo(LocalDate.of(2021, 5, 20));
        assertThat(value(1, Fn.plus("at", -2, DatePart.HOUR))).isEqualTo(LocalDateTime.of(2021, 5, 6, 11, 14, 15));
        Expr<Object, LocalDate> last = Fn.cast(F.value("2024-01-31"), LocalDate.class);
        assertThat(value(1, Fn.plus(last, 1, DatePart.MONTH))).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(value(1, Fn.plus(last, 3, DatePart.QUARTER))).isEqualTo(LocalDate.of(2024, 10, 31));
        assertThat(value(1, Fn.plus(last, -1, DatePart.YEAR))).isEqualTo(LocalDate.of(2023, 1, 31));
        assertThatThrownBy(() -> sql(Fn.plus("day", 1, DatePart.SECOND))).isInstanceOf(InvalidLookupException.class);
    }

    @Test
    void between_countsWholePeriods() {
        LocalDateTime later = LocalDateTime.of(2021, 5, 8, 13, 0);
        check(Fn.between("at", later, DatePart.DAY), "((unixepoch(?) - unixepoch(\"at\")) / 86400)", 1L, null);
        assertThat(value(1, Fn.between("at", later, DatePart.HOUR))).isEqualTo(47L);
        assertThat(value(1, Fn.between("at", F.of("day"), DatePart.SECOND))).isEqualTo(-47655L);
        assertThat(value(1, Fn.between("day", LocalDate.of(2021, 5, 20), DatePart.WEEK)))
                .isEqualTo(2L);
        assertThatThrownBy(() -> sql(Fn.between("at", later, DatePart.MONTH)))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void json_isReadAtBoundPaths() {
        check(Fn.jsonValue("meta", "a", "b c", 1), "(\"meta\" ->> ?)", "two", null);
        check(Fn.jsonText("meta", "a", "b c", 1), "(\"meta\" -> ?)", "\"two\"", null);
        check(Fn.jsonType("meta", "n"), "json_type(\"meta\", ?)", "array", null);
        check(Fn.jsonLength("meta", "n"), "json_array_length(\"meta\", ?)", 3L, null);
        assertThat(value(1, Fn.jsonValue("meta", "n", -1))).isEqualTo(3L);
        assertThat(value(1, Fn.jsonValue("meta", "q\"uote"))).isEqualTo(1L);
        assertThat(value(1, Fn.jsonType("meta", "a", "b c", 2, "x.y"))).isEqualTo("null");
        assertThat(value(1, Fn.jsonType("meta"))).isEqualTo("object");
        assertThat(value(1, Fn.jsonType("meta", "nothing"))).isNull();
        assertThatThrownBy(() -> Fn.jsonValue("meta", 1.5)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void substr_refusesWhatNobodyMeans() {
        assertThatThrownBy(() -> Fn.substr("name", 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Fn.substr("name", 1, -1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void fold_withoutTheFunction_namesTheCapability() {
        assertThatThrownBy(() -> things().annotate("x", Fn.fold("name")))
                .isInstanceOf(InvalidLookupException.class)
                .hasMessageContaining("functions");
        try (Fixture known = Fixture.withFunctions(directory, SCRIPT)) {
            assertThat(known.keys(
                            known.db.objects("thing").filter(Fn.fold("name").eq("éva"))))
                    .containsExactly(2L);
        }
    }

    @Test
    void expressions_filterOrderGroupAndUpdate() {
        assertThat(fixture.keys(things().filter(Fn.length("name").gt(3L)))).containsExactly(1L);
        assertThat(fixture.keys(things().orderBy(Fn.trim("name").desc()))).containsExactly(2L, 1L);
        assertThat(fixture.keys(
                        things().annotate("short", Fn.substr("name", 1, 1)).filter("short", "É")))
                .containsExactly(2L);
        things().filter("id", 1).update("name", Fn.trim("name")).block(Fixture.PATIENCE);
        assertThat(fixture.jdbc("SELECT name FROM thing WHERE id = 1")).containsExactly(List.of("Ann"));
        Row row = Objects.requireNonNull(things().values("n")
                .annotate("m", Fn.coalesce(Agg.max("r"), 0.0))
                .filter("n", -7)
                .get()
                .block(Fixture.PATIENCE));
        assertThat(row.get("m")).isEqualTo(2.5);
    }

    @Test
    void hostileTexts_areBound() {
        for (Expr<?, ?> expr : List.of(
                Fn.concat("name", HOSTILE),
                Fn.replace("name", HOSTILE, HOSTILE),
                Fn.coalesce("nick", HOSTILE),
                Fn.nullIf("nick", HOSTILE),
                Fn.greatest("name", HOSTILE),
                Fn.jsonValue("meta", HOSTILE),
                Fn.jsonText("meta", HOSTILE),
                Fn.jsonType("meta", HOSTILE, 0),
                Fn.jsonLength("meta", HOSTILE))) {
            assertThat(sql(expr)).doesNotContain("DROP");
            value(1, expr);
        }
        assertThat(value(1, Fn.concat("nick", HOSTILE))).isEqualTo(HOSTILE);
        assertThat(value(
                        1,
                        Fn.jsonValue(
                                F.value("{\"" + HOSTILE.replace("\\", "\\\\").replace("\"", "\\\"") + "\":9}"),
                                HOSTILE)))
                .isEqualTo(9L);
        assertThat(fixture.jdbc("SELECT count(*) FROM thing")).containsExactly(List.of(2));
    }

    @Test
    void unknownNames_throwAtOnce() {
        assertThatThrownBy(() -> things().annotate("x", Fn.upper("nmae")))
                .isInstanceOf(UnknownFieldException.class)
                .hasMessageContaining("Did you mean name?");
    }
}
