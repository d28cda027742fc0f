package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Keys of several columns, foreign keys to unique columns, tables without rowid or key, views and odd names. */
@ParameterizedClass
@EnumSource(Access.class)
final class KeyKindsTests {

    private static final String SCRIPT = """
            CREATE TABLE room (house TEXT NOT NULL, number INT NOT NULL, name TEXT, PRIMARY KEY (house, number)) WITHOUT ROWID;
            CREATE TABLE guest (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, "full name" TEXT);
            CREATE TABLE stay (
              id INTEGER PRIMARY KEY, house TEXT, number INT, guest_id TEXT REFERENCES guest(code),
              "select" INT, "a__b" INT, "say \""hi\""" TEXT,
              FOREIGN KEY (house, number) REFERENCES room (house, number));
            CREATE TABLE note (stay_id INT REFERENCES stay, text TEXT);
            CREATE VIEW busy AS SELECT house, count(*) AS stays FROM stay GROUP BY house;
            INSERT INTO room VALUES ('A', 1, 'red'), ('A', 2, 'blue'), ('B', 1, NULL);
            INSERT INTO guest VALUES (1, 'x', 'Xenia Q'), (2, 'y', 'Yan');
            INSERT INTO stay VALUES (1, 'A', 1, 'x', 5, 10, 'u'), (2, 'A', 2, 'x', 6, 20, NULL), (3, 'B', 1, 'y', 7, 30, 'v'),
              (4, NULL, NULL, NULL, NULL, NULL, NULL);
            INSERT INTO note VALUES (1, 'n1'), (1, 'n1'), (3, 'n3');
            """;

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    private Fixture hotel;
    private QuerySet<Row> rooms;
    private QuerySet<Row> stays;
    private QuerySet<Row> guests;

    @BeforeEach
    void open() {
        hotel = Fixture.ofScript(access, directory, SCRIPT);
        rooms = hotel.db.objects("room");
        stays = hotel.db.objects("stay");
        guests = hotel.db.objects("guest");
    }

    @AfterEach
    void close() {
        hotel.close();
    }

    private Row first(QuerySet<Row> query) {
        Row row = Objects.requireNonNull(query.first().block(Fixture.PATIENCE));
        hotel.sent();
        return row;
    }

    private Asked ask(QuerySet<Row> query) {
        return Asked.of(hotel, query);
    }

    @Test
    void keyOfSeveralColumns_isAList() {
        ask(rooms.filter("pk", List.of("A", 2)))
                .tail("\"room\" WHERE \"room\".\"house\" = ? AND \"room\".\"number\" = ?")
                .binds("A", 2L)
                .keys(List.of("A", 2L));
        ask(rooms.filter("pk__in", List.of(List.of("A", 2), List.of("B", 1))))
                .tail("\"room\" WHERE (\"room\".\"house\", \"room\".\"number\") IN"
                        + " (SELECT value->>0, value->>1 FROM json_each(?))")
                .binds("[[\"A\",2],[\"B\",1]]")
                .keys(List.of("A", 2L), List.of("B", 1L));
        ask(rooms.exclude("pk", List.of("A", 2)).orderBy("-pk"))
                .tail("\"room\" WHERE NOT (\"room\".\"house\" = ? AND \"room\".\"number\" = ?)"
                        + " ORDER BY \"room\".\"house\" DESC, \"room\".\"number\" DESC")
                .keys(List.of("B", 1L), List.of("A", 1L));
        assertThat(rooms.find(List.of("B", 1)).map(Row::pk).block(Fixture.PATIENCE))
                .isEqualTo(List.of("B", 1L));
        assertThat(rooms.contains(List.of("B", 9)).block(Fixture.PATIENCE)).isFalse();
        assertThat(rooms.inBulk(List.of(List.of("A", 1), List.of("Z", 1))).block(Fixture.PATIENCE))
                .hasToString("{[A, 1]=room{house=A, number=1, name=red}}");
    }

    @Test
    void foreignKeyOfSeveralColumns_isFollowedBothWays() {
        ask(stays.filter("room", List.of("A", 1)))
                .tail("\"stay\" WHERE \"stay\".\"house\" = ? AND \"stay\".\"number\" = ?")
                .keys(1L);
        ask(stays.filter("room", first(rooms))).keys(1L);
        ask(stays.filter("room__name", "blue"))
                .tail("\"stay\" JOIN \"room\" ON \"room\".\"house\" = \"stay\".\"house\""
                        + " AND \"room\".\"number\" = \"stay\".\"number\" WHERE \"room\".\"name\" = ?")
                .keys(2L);
        ask(stays.filter("room__isnull", true))
                .tail("\"stay\" WHERE \"stay\".\"house\" IS NULL OR \"stay\".\"number\" IS NULL")
                .keys(4L);
        ask(stays.filter("room__house", "A").orderBy("-id"))
                .tail("\"stay\" WHERE \"stay\".\"house\" = ? ORDER BY \"stay\".\"id\" DESC")
                .keys(2L, 1L);
        ask(stays.filter("room__in", rooms.filter("house", "A")).orderBy("room"))
                .tail("\"stay\" WHERE (\"stay\".\"house\", \"stay\".\"number\") IN"
                        + " (SELECT \"room\".\"house\", \"room\".\"number\" FROM \"room\" WHERE \"room\".\"house\" = ?)"
                        + " ORDER BY \"stay\".\"house\", \"stay\".\"number\"")
                .keys(1L, 2L);
        ask(rooms.annotate("n", Agg.count("stays"), "g", Agg.groupConcat("stays__guest__full name", "/"))
                        .orderBy("house", "number")
                        .values("n", "g"))
                .rows(List.of(1L, "Xenia Q"), List.of(1L, "Xenia Q"), List.of(1L, "Yan"));
        ask(rooms.filter("stays__select__gt", 5, "stays__guest", "y")).keys(List.of("B", 1L));
    }

    @Test
    void foreignKeyToAUniqueColumn_isThatColumn() {
        ask(stays.filter("guest", "x"))
                .tail("\"stay\" WHERE \"stay\".\"guest_id\" = ?")
                .keys(1L, 2L);
        ask(stays.filter("guest", first(guests))).keys(1L, 2L);
        ask(stays.filter("guest__code", "y"))
                .tail("\"stay\" WHERE \"stay\".\"guest_id\" = ?")
                .keys(3L);
        ask(stays.filter("guest__pk", 2))
                .tail(
                        "\"stay\" JOIN \"guest\" ON \"guest\".\"code\" = \"stay\".\"guest_id\" WHERE \"guest\".\"id\" = ?")
                .keys(3L);
        ask(guests.filter("stays__isnull", false, "stays__select", 7)).keys(2L);
        ask(stays.filter("guest__in", guests.filter("full name__startswith", "X")))
                .keys(1L, 2L);
    }

    @Test
    void oddNames_areQuotedAndReached() {
        ask(stays.filter("select__gte", 6, "say \"hi\"", "v"))
                .tail("\"stay\" WHERE \"stay\".\"select\" >= ? AND \"stay\".\"say \"\"hi\"\"\" = ?")
                .keys(3L);
        ask(stays.filter("a__b", 20)).keys(2L);
        ask(stays.filter(F.column("a__b").gt(15)).orderBy(F.column("a__b").desc()))
                .keys(3L, 2L);
        ask(stays.values("id", "guest__full name").orderBy("id").limit(1)).rows(List.of(1L, "Xenia Q"));
        ask(stays.annotate("say so", F.column("a__b").times(2))
                        .filter("say so", 40)
                        .values("say so"))
                .rows(List.of(40L));
    }

    @Test
    void tableWithoutKey_isNamedByItsRowid() {
        QuerySet<Row> notes = hotel.db.objects("note");
        ask(notes.filter("stay__guest", "x").values("text")).rows(List.of("n1"), List.of("n1"));
        ask(notes.filter("stay__guest", "x").values("text").distinct()).rows(List.of("n1"));
        ask(stays.annotate("n", Agg.count("notes")).filter("n", 2).values("id")).rows(List.of(1L));
        assertThat(notes.last().map(row -> row.get("text", String.class)).block(Fixture.PATIENCE))
                .isEqualTo("n3");
    }

    @Test
    void view_hasColumnsButNoKeyAndNoRelations() {
        QuerySet<Row> busy = hotel.db.objects("busy");
        ask(busy.filter("stays__gt", 1).values("house")).rows(List.of("A"));
        assertThat(busy.count().block(Fixture.PATIENCE)).isEqualTo(3L);
        assertThat(hotel.db.schema().relations("busy")).isEmpty();
    }
}
