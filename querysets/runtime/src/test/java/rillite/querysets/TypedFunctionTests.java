package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.querysets.Things.ThingTable.THING;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.querysets.Things.Thing;

/** Functions, choices and windows of typed columns: the SQL of the dynamic form, a typed value, the root of the columns. */
final class TypedFunctionTests {

    private Fixture fixture;
    private QuerySet<Thing> things;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.withFunctions(directory, Things.SCRIPT);
        things = fixture.db.objects(THING);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** Both forms give one statement, and the typed one is read as its type. */
    private <V> void check(Expr<? super Thing, V> typed, Expr<?, ?> dynamic, @Nullable V first) {
        QuerySet<Row> rows = fixture.db.objects("thing").filter("id", 1);
        assertThat(things.filter(THING.id.eq(1)).selectOptional(typed).toSql())
                .isEqualTo(rows.annotate("x", dynamic).values("x").toSql());
        List<Optional<V>> read =
                things.filter(THING.id.eq(1)).selectOptional(typed).list().block(Fixture.PATIENCE);
        assertThat(Objects.requireNonNull(read)).containsExactly(Optional.ofNullable(first));
    }

    @Test
    void texts() {
        TextExpr<Thing> upper = Fn.upper(THING.name);
        check(upper, Fn.upper("name"), "  ANN  ");
        check(Fn.lower(THING.name), Fn.lower("name"), "  ann  ");
        check(Fn.fold(THING.name), Fn.fold("name"), "  ann  ");
        check(Fn.trim(THING.name), Fn.trim("name"), "Ann");
        check(Fn.ltrim(THING.name), Fn.ltrim("name"), "Ann  ");
        check(Fn.rtrim(THING.name), Fn.rtrim("name"), "  Ann");
        check(Fn.hex(THING.raw), Fn.hex("raw"), "00FF");
        check(Fn.typeof(THING.untyped), Fn.typeof("untyped"), "text");
        check(Fn.length(THING.name), Fn.length("name"), 7L);
        check(Fn.substr(THING.name, 3), Fn.substr("name", 3), "Ann  ");
        check(Fn.substr(THING.name, 3, 2), Fn.substr("name", 3, 2), "An");
        check(
                Fn.substr(THING.name, THING.id.plus(2)),
                Fn.substr("name", F.of("id").plus(2)),
                "Ann  ");
        check(
                Fn.substr(THING.name, THING.id.plus(2), THING.id),
                Fn.substr("name", F.of("id").plus(2), F.of("id")),
                "A");
        check(Fn.replace(THING.name, "n", "m"), Fn.replace("name", "n", "m"), "  Amm  ");
        check(
                Fn.replace(THING.name, Fn.trim(THING.name), F.value("x")),
                Fn.replace("name", Fn.trim("name"), "x"),
                "  x  ");
        check(Fn.concat(THING.name, THING.nick), Fn.concat("name", F.of("nick")), "  Ann  ");
        check(
                Fn.concat(THING.name, "/", THING.n, THING.id),
                Fn.concat("name", "/", F.of("n"), F.of("id")),
                "  Ann  /-71");
        check(Fn.concat(THING.name, "/"), Fn.concat("name", "/"), "  Ann  /");
        check(Fn.concat(F.value("<"), THING.id), Fn.concat(F.value("<"), F.of("id")), "<1");
        assertThatThrownBy(() -> Fn.substr(THING.name, 0)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Fn.substr(THING.name, 1, -1)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void numbers() {
        NumberExpr<Thing, Integer> abs = Fn.abs(THING.n);
        check(abs, Fn.abs("n"), 7);
        check(Fn.round(THING.d), Fn.round("d"), 1.0);
        check(Fn.round(THING.d, 1), Fn.round("d", 1), 1.3);
        check(Fn.round(THING.d, THING.id), Fn.round("d", F.of("id")), 1.3);
        check(Fn.ceil(THING.r), Fn.ceil("r"), 3.0);
        check(Fn.floor(THING.r), Fn.floor("r"), 2.0);
        check(Fn.sign(THING.n), Fn.sign("n"), -1L);
        check(Fn.sqrt(THING.n), Fn.sqrt("n"), null);
        check(Fn.power(THING.n, 2), Fn.power("n", 2), 49.0);
        check(Fn.power(THING.r, THING.id), Fn.power("r", F.of("id")), 2.5);
        check(Fn.mod(THING.n, 4), Fn.mod("n", 4), -3);
        check(Fn.mod(THING.n, THING.id.plus(1)), Fn.mod("n", F.of("id").plus(1)), -1);
    }

    @Test
    void valuesOfSeveral_areOfTheKindOfTheFirst() {
        TextExpr<Thing> nick = Fn.coalesce(THING.nick, "none");
        check(nick, Fn.coalesce("nick", "none"), "none");
        check(Fn.coalesce(THING.nick, THING.name), Fn.coalesce("nick", F.of("name")), "  Ann  ");
        NumberExpr<Thing, Integer> number = Fn.coalesce(THING.n, 0);
        check(number, Fn.coalesce("n", 0), -7);
        check(Fn.coalesce(THING.id, 0), Fn.coalesce("id", 0), 1L);
        check(Fn.coalesce(THING.n, THING.id, F.value(0)), Fn.coalesce("n", F.of("id"), 0), -7);
        Expr<Thing, LocalDate> day = Fn.coalesce(THING.day, F.value(LocalDate.EPOCH));
        check(day, Fn.coalesce("day", LocalDate.EPOCH), LocalDate.of(2021, 5, 6));
        check(Fn.greatest(THING.n, 3), Fn.greatest("n", 3), 3);
        check(Fn.greatest(THING.n, THING.n.abs()), Fn.greatest("n", F.of("n__abs")), 7);
        check(Fn.greatest(THING.name, "x"), Fn.greatest("name", "x"), "x");
        check(Fn.greatest(THING.name, THING.meta), Fn.greatest("name", F.of("meta")), meta());
        check(Fn.least(THING.r, 1), Fn.least("r", 1), 1.0);
        check(Fn.least(THING.d, THING.r), Fn.least("d", F.of("r")), new BigDecimal("1.25"));
        check(
                Fn.least(THING.at, F.value(LocalDateTime.of(2000, 1, 1, 0, 0))),
                Fn.least("at", LocalDateTime.of(2000, 1, 1, 0, 0)),
                LocalDateTime.of(2000, 1, 1, 0, 0));
        check(Fn.nullIf(THING.nick, "Ev"), Fn.nullIf("nick", "Ev"), null);
        check(Fn.nullIf(THING.name, THING.nick), Fn.nullIf("name", F.of("nick")), "  Ann  ");
        check(Fn.nullIf(THING.n, -7), Fn.nullIf("n", -7), null);
        check(Fn.nullIf(THING.n, THING.id), Fn.nullIf("n", F.of("id")), -7);
        check(Fn.nullIf(THING.day, THING.at), Fn.nullIf("day", F.of("at")), LocalDate.of(2021, 5, 6));
    }

    private String meta() {
        return String.valueOf(
                fixture.jdbc("SELECT meta FROM thing WHERE id = 1").get(0).get(0));
    }

    @Test
    void castsAndDates() {
        Expr<Thing, String> text = Fn.cast(THING.n, String.class);
        check(text, Fn.cast("n", String.class), "-7");
        check(Fn.cast(THING.r, long.class), Fn.cast("r", long.class), 2L);
        check(Fn.extract(THING.at, DatePart.QUARTER), Fn.extract("at", DatePart.QUARTER), 2L);
        check(Fn.trunc(THING.day, DatePart.MONTH), Fn.trunc("day", DatePart.MONTH), LocalDate.of(2021, 5, 1));
        check(Fn.trunc(THING.at, DatePart.HOUR), Fn.trunc("at", DatePart.HOUR), LocalDateTime.of(2021, 5, 6, 13, 0));
        check(
                Fn.trunc(THING.moment, DatePart.DAY),
                Fn.trunc("moment", DatePart.DAY),
                Instant.parse("2021-05-06T00:00:00Z"));
        check(Fn.plus(THING.day, 3, DatePart.DAY), Fn.plus("day", 3, DatePart.DAY), LocalDate.of(2021, 5, 9));
        check(
                Fn.plus(THING.day, THING.id, DatePart.WEEK),
                Fn.plus("day", F.of("id"), DatePart.WEEK),
                LocalDate.of(2021, 5, 13));
        check(
                Fn.between(THING.day, LocalDate.of(2021, 5, 16), DatePart.DAY),
                Fn.between("day", LocalDate.of(2021, 5, 16), DatePart.DAY),
                10L);
        check(Fn.between(THING.day, THING.at, DatePart.HOUR), Fn.between("day", F.of("at"), DatePart.HOUR), 13L);
        assertThat(things.select(Fn.between(THING.moment, Instant.parse("2021-05-06T13:15:00Z"), DatePart.SECOND))
                        .first()
                        .block(Fixture.PATIENCE))
                .isEqualTo(45L);
    }

    @Test
    void json() {
        check(Fn.jsonValue(THING.meta, "a", "b c", 1), Fn.jsonValue("meta", "a", "b c", 1), "two");
        check(Fn.jsonText(THING.meta, "n"), Fn.jsonText("meta", "n"), "[1,2,3]");
        check(Fn.jsonType(THING.meta, "n"), Fn.jsonType("meta", "n"), "array");
        check(Fn.jsonLength(THING.meta, "n"), Fn.jsonLength("meta", "n"), 3L);
    }

    @Test
    void functions_areArgumentsAndConditionsAndOrders() {
        QuerySet<Thing> found = things.filter(
                        Fn.length(Fn.trim(THING.name)).gt(2),
                        Fn.upper(THING.nick).startsWith("E").or(THING.nick.isNull()))
                .orderBy(Fn.coalesce(THING.n, Fn.length(THING.name)).desc(), THING.id.asc());
        assertThat(Objects.requireNonNull(found.list().block(Fixture.PATIENCE)))
                .extracting(Thing::id)
                .containsExactly(2L, 1L);
    }

    @Test
    void dynamicExpressions_stillMixWithConstants() {
        QuerySet<Row> rows = fixture.db.objects("thing");
        for (Expr<?, ?> one : List.<Expr<?, ?>>of(
                Fn.coalesce(F.of("nick"), F.of("name"), "x"),
                Fn.coalesce(F.of("nick"), "x"),
                Fn.coalesce(F.of("nick"), F.of("name")),
                Fn.concat(Fn.upper("name"), ", ", F.of("nick")),
                Fn.concat(Fn.upper("name"), F.of("nick")),
                Fn.nullIf(F.of("nick"), F.of("name")),
                Fn.nullIf(Fn.upper("nick"), "x"),
                Fn.greatest(F.of("n").plus(1), F.of("id")),
                Fn.greatest(Fn.length("name"), 3),
                Fn.least(Fn.upper("nick"), Fn.lower("nick")),
                Fn.substr(F.of("name"), 2),
                Fn.substr(F.of("name"), F.of("id")),
                Fn.mod(F.of("n"), F.of("id")),
                Fn.power(F.of("n"), 2),
                Fn.plus(F.of("day"), 3, DatePart.DAY))) {
            assertThat(rows.aggregate("x", Agg.count(one)).block(Fixture.PATIENCE))
                    .isNotNull();
        }
    }

    @Test
    void case_isOfTheKindOfItsFirstValue() {
        TextExpr<Thing> text = Case.when(THING.n.isNull(), "none")
                .when(THING.n.lt(0), THING.name)
                .otherwise("some");
        check(
                text,
                Case.when(Q.of("n__isnull", true), "none")
                        .when(Q.of("n__lt", 0), F.of("name"))
                        .otherwise("some"),
                "  Ann  ");
        NumberExpr<Thing, Integer> number =
                Case.when(THING.n.lt(-9), 1).when(THING.n.lt(0), 2).otherwise(3);
        check(number, Case.when(Q.of("n__lt", -9), 1).when(Q.of("n__lt", 0), 2).otherwise(3), 2);
        NumberExpr<Thing, Double> real = Case.when(THING.n.lt(0), THING.r).orNull();
        check(real, Case.when(Q.of("n__lt", 0), F.of("r")).orNull(), 2.5);
        Expr<Thing, LocalDate> day = Case.when(THING.n.lt(0), THING.day).otherwise(LocalDate.EPOCH);
        check(
                day,
                Case.when(Q.of("n__lt", 0), F.of("day")).otherwise(F.value(LocalDate.EPOCH)),
                LocalDate.of(2021, 5, 6));
        assertThat(things.select(
                                THING.id,
                                Case.when(THING.n.lt(0), Instant.EPOCH).otherwise(THING.moment),
                                Case.when(THING.flag.isTrue(), DatePart.DAY).otherwise(DatePart.YEAR))
                        .first()
                        .block(Fixture.PATIENCE))
                .isEqualTo(new Row3<>(1L, Instant.EPOCH, DatePart.DAY));
        assertThat(things.filter(text.startsWith("  A"), number.gt(1)).count().block(Fixture.PATIENCE))
                .isEqualTo(1L);
    }

    @Test
    void window_takesTheRootOfItsColumns() {
        Window<Thing, Long> place = Window.rowNumber()
                .partitionBy(THING.flag, Fn.length(THING.name))
                .orderBy(THING.n.desc(), THING.id.asc());
        check(place, Window.rowNumber().partitionBy("flag", Fn.length("name")).orderBy("-n", "id"), 1L);
        Window<Thing, String> before = Window.lag(THING.name, 1).orderBy(THING.id.desc());
        check(before, Window.lag("name", 1).orderBy("-id"), null);
        assertThat(things.orderBy(THING.id.asc())
                        .select(Window.lead(THING.name, 1).orderBy(THING.id.asc()), THING.id)
                        .list()
                        .block(Fixture.PATIENCE))
                .containsExactly(new Row2<>("Éva", 1L), new Row2<>(null, 2L));
        check(
                Window.firstValue(THING.id).orderBy(THING.id.desc()).rows(null, 0L),
                Window.firstValue("id").orderBy("-id").rows(null, 0L),
                1L);
        check(
                Window.lastValue(THING.day).orderBy(THING.id.asc()),
                Window.lastValue("day").orderBy("id"),
                LocalDate.of(2021, 5, 6));
        check(
                Window.nthValue(THING.n, 1).orderBy(THING.id.asc()),
                Window.nthValue("n", 1).orderBy("id"),
                -7);
        check(
                Window.of(Agg.sum(THING.id)).partitionBy(THING.flag).groups(null, null),
                Window.of(Agg.sum("id")).partitionBy("flag").groups(null, null),
                1L);
        NumberExpr<Thing, Long> named = place.as("place");
        assertThat(things.annotate(named).filter(named.eq(1)).list().block(Fixture.PATIENCE))
                .hasSize(2);
    }

    @Test
    void case_storesConstantsAsItsFirstColumn() {
        MappedCol<Thing, Instant> millis =
                new MappedCol<>(new Place<>(List.of(), "n", 3, Reading.of(Mapping.epochMillis())));
        Instant later = Instant.ofEpochMilli(5);
        assertThat(things.orderBy(THING.id.asc())
                        .select(THING.id, Case.when(THING.id.eq(1), millis).otherwise(later))
                        .list()
                        .block(Fixture.PATIENCE))
                .containsExactly(new Row2<>(1L, Instant.ofEpochMilli(-7)), new Row2<>(2L, later));
    }

    @Test
    void conditions_areValues() {
        Expr<Thing, Boolean> grown = F.test(THING.n.gt(0));
        check(grown, F.test(Q.of("n__gt", 0)), false);
    }
}
