package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Columns whose values are made by a mapping, and instants stored as text: in records, conditions, values and writes. */
final class MappedColTests {

    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00.250Z");
    private static final Instant LATER = NOON.plusSeconds(3600);

    record Point(long x, long y) {

        static final Mapping<Point, String> TEXT = Mapping.of(
                Point.class,
                String.class,
                text -> {
                    String[] parts = text.split(" ");
                    return new Point(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
                },
                point -> {
                    if (point.x < 0) {
                        throw new IllegalArgumentException("x below 0");
                    }
                    return point.x + " " + point.y;
                });
    }

    record Event(
            long id,
            Instant at,
            @Nullable Instant until,
            @Nullable Point place,
            Instant noted) {}

    static final class EventTable<R> extends Table<R, Event> {

        static final EventTable<Event> EVENT = new EventTable<>();

        final LongCol<R> id = longCol("id");
        final MappedCol<R, Instant> at = mappedCol("at", Mapping.epochMillis());
        final MappedCol<R, Instant> until = mappedCol("until", Mapping.epochSeconds());
        final MappedCol<R, Point> place = mappedCol("place", Point.TEXT);
        final InstantCol<R> noted = instantCol("noted");

        private EventTable() {
            super(Event.class, "event");
        }

        @Override
        protected Event read(Cells row) {
            return new Event(row.get(id), row.get(at), row.orNull(until), row.orNull(place), row.get(noted));
        }

        @Override
        protected @Nullable Object value(Event row, int column) {
            return switch (column) {
                case 0 -> row.id();
                case 1 -> row.at();
                case 2 -> row.until();
                case 3 -> row.place();
                default -> row.noted();
            };
        }

        @Override
        protected List<Object> related(Event row) {
            return List.of();
        }
    }

    private static final EventTable<Event> EVENT = EventTable.EVENT;

    private Fixture fixture;
    private QuerySet<Event> events;

    @BeforeEach
    void open(@TempDir Path directory) {
        fixture = Fixture.ofScript(
                Access.DRIVER,
                directory,
                "CREATE TABLE event (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, until DATETIME, place TEXT,"
                        + " noted TEXT NOT NULL);"
                        + "INSERT INTO event VALUES (1, 1709208000250, 1709208000, '3 4', '2024-02-29T12:00:00.250Z'),"
                        + " (2, 1709211600250, NULL, NULL, '2024-02-29T13:00:00.250Z');");
        events = fixture.db.objects(EVENT).orderBy(EVENT.id.asc());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static <T> T one(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private List<Long> ids(Q<Event> condition) {
        return one(events.filter(condition).select(EVENT.id).list());
    }

    @Test
    void wholeRows_haveMappedValues() {
        assertThat(one(events.list()))
                .containsExactly(
                        new Event(1, NOON, NOON.minusMillis(250), new Point(3, 4), NOON),
                        new Event(2, LATER, null, null, LATER));
    }

    @Test
    void conditions_compareWhatIsStored() {
        assertThat(ids(EVENT.at.eq(NOON))).containsExactly(1L);
        assertThat(ids(EVENT.at.ne(NOON))).containsExactly(2L);
        assertThat(ids(EVENT.at.gt(NOON))).containsExactly(2L);
        assertThat(ids(EVENT.at.between(NOON, LATER))).containsExactly(1L, 2L);
        assertThat(ids(EVENT.at.in(NOON, LATER))).containsExactly(1L, 2L);
        assertThat(ids(EVENT.at.notIn(List.of(NOON)))).containsExactly(2L);
        assertThat(ids(EVENT.until.isNull())).containsExactly(2L);
        assertThat(ids(EVENT.until.notNull())).containsExactly(1L);
        assertThat(ids(EVENT.until.lte(NOON.minusMillis(250)))).containsExactly(1L);
        assertThat(ids(EVENT.place.eq(new Point(3, 4)))).containsExactly(1L);
        assertThat(ids(EVENT.place.eq((Point) null))).containsExactly(2L);

        assertThat(events.filter(EVENT.at.gt(NOON)).toSql().binds()).containsExactly(NOON.toEpochMilli());
    }

    @Test
    void chosenValues_areMapped_alsoComputedAndNamedOnes() {
        assertThat(one(events.select(EVENT.at).list())).containsExactly(NOON, LATER);
        assertThat(one(events.selectOptional(EVENT.place).list()).get(0)).contains(new Point(3, 4));
        assertThat(one(events.select(EVENT.id, EVENT.at).first())).isEqualTo(new Row2<>(1L, NOON));
        assertThat(one(fixture.db.objects(EVENT).aggregate(Agg.max(EVENT.at)))).isEqualTo(LATER);
        var when = EVENT.at.as("occurred");
        assertThat(one(events.annotate(when).filter(when.gt(NOON)).get()).get(when))
                .isEqualTo(LATER);
        assertThat(one(events.only(EVENT.at).first()).get(EVENT.at)).isEqualTo(NOON);
    }

    @Test
    void writes_storeWhatTheMappingMakes() {
        Event created = one(fixture.db
                .objects(EVENT)
                .create(EVENT.at.to(NOON), EVENT.place.to(new Point(7, 8)), EVENT.noted.to(NOON)));
        assertThat(created).isEqualTo(new Event(3, NOON, null, new Point(7, 8), NOON));
        NewRow<Event> row = () -> Fields.empty().with(EVENT.at.to(LATER)).with(EVENT.noted.to(NOON));
        assertThat(one(fixture.db.objects(EVENT).insert(row)).at()).isEqualTo(LATER);

        one(events.filter(EVENT.id.eq(2)).update(EVENT.until.to(NOON.minusMillis(250)), EVENT.place.toNull()));
        one(events.updateRow(new Event(1, LATER, null, new Point(1, 2), LATER)));

        assertThat(fixture.jdbc("SELECT at, until, place, noted FROM event ORDER BY id"))
                .containsExactly(
                        java.util.Arrays.asList(LATER.toEpochMilli(), null, "1 2", "2024-02-29T13:00:00.250Z"),
                        java.util.Arrays.asList(LATER.toEpochMilli(), 1709208000, null, "2024-02-29T13:00:00.250Z"),
                        java.util.Arrays.asList(NOON.toEpochMilli(), null, "7 8", "2024-02-29T12:00:00.250Z"),
                        java.util.Arrays.asList(LATER.toEpochMilli(), null, null, "2024-02-29T12:00:00.250Z"));
    }

    @Test
    void whatTheMappingRefuses_isAnErrorThatNamesTheColumn() {
        assertThatThrownBy(() -> EVENT.place.eq(new Point(-1, 0)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("A Point cannot be stored in ")
                .hasMessageContaining("place")
                .hasMessageContaining("x below 0");
        assertThatThrownBy(() -> EVENT.until.to(NOON)).hasMessageContaining("a part below a second would be lost");
        fixture.run("UPDATE event SET place = 'here' WHERE id = 1");
        StepVerifier.create(events.flux())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("The value of event.place (id 1) cannot be read as Point"))
                .verify(Fixture.PATIENCE);
    }
}
