package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of every kind tie related rows to their owners as foreign keys do. */
final class PrefetchKeyTests {

    @TempDir
    Path directory;

    private static List<Row> rows(Fixture fixture, QuerySet<Row> query) {
        fixture.sent();
        List<Row> rows = Objects.requireNonNull(query.list().block(Fixture.PATIENCE));
        assertThat(fixture.sent()).hasSize(2);
        return rows;
    }

    /** Numbers of the children of each parent, in the order of the parents' names, and the parent of each child. */
    private static void check(Fixture fixture, List<List<Long>> children) {
        List<Row> parents = rows(
                fixture,
                fixture.db
                        .objects("parent")
                        .orderBy("n")
                        .prefetchRelated(Prefetch.of("children", q -> q.orderBy("n"))));
        assertThat(parents.stream()
                        .map(parent -> parent.list("children").stream()
                                .map(child -> child.get("n", Long.class))
                                .toList())
                        .toList())
                .isEqualTo(children);
        List<Row> limited = rows(
                fixture,
                fixture.db
                        .objects("parent")
                        .orderBy("n")
                        .prefetchRelated(
                                Prefetch.of("children", q -> q.orderBy("n").limit(1))));
        for (int i = 0; i < children.size(); i++) {
            assertThat(limited.get(i).list("children"))
                    .hasSize(Math.min(1, children.get(i).size()));
        }
        for (Row child : rows(fixture, fixture.db.objects("child").orderBy("n").prefetchRelated("parent"))) {
            Row parent = child.one("parent");
            Long number = child.get("n", Long.class);
            int owner = -1;
            for (int i = 0; i < children.size(); i++) {
                owner = children.get(i).contains(number) ? i : owner;
            }
            assertThat(parent == null ? null : parent.get("n", Long.class))
                    .isEqualTo(owner < 0 ? null : (Long) (long) (owner + 1));
        }
        assertThat(fixture.open).hasValue(0);
    }

    private Fixture fixture(Access access, String script) {
        DatabaseOptions names = DatabaseOptions.defaults().relation("child.parent_id", "parent", "children");
        return Fixture.ofScript(access, directory, "PRAGMA foreign_keys = OFF;" + script, names);
    }

    @ParameterizedTest
    @EnumSource
    void text(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id TEXT PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id TEXT REFERENCES parent(id));
                INSERT INTO parent VALUES ('a"\\b', 1), ('ünï', 2), ('', 3);
                INSERT INTO child VALUES (1, 'a"\\b'), (2, 'ünï'), (3, 'ünï'), (4, NULL), (5, ''), (6, 'A"\\b');
                """)) {
            check(fixture, List.of(List.of(1L), List.of(2L, 3L), List.of(5L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCase_isFoldedWhereverItIsDeclared(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id TEXT REFERENCES parent(id));
                INSERT INTO parent VALUES ('Ann', 1), ('ÉVA', 2);
                INSERT INTO child VALUES (1, 'ANN'), (2, 'ann'), (3, 'ÉVa'), (4, 'éva');
                """)) {
            check(fixture, List.of(List.of(1L, 2L), List.of(3L)));
        }
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id TEXT PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id TEXT COLLATE NOCASE REFERENCES parent(id));
                INSERT INTO parent VALUES ('Ann', 1), ('ANN', 2);
                INSERT INTO child VALUES (1, 'Ann'), (2, 'ANN'), (3, 'ann');
                """)) {
            check(fixture, List.of(List.of(1L), List.of(2L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void blob(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id BLOB PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id BLOB REFERENCES parent(id));
                INSERT INTO parent VALUES (x'00ff', 1), (x'', 2), (x'ff', 3);
                INSERT INTO child VALUES (1, x'ff'), (2, x'00ff'), (3, x''), (4, x'0000'), (5, NULL);
                """)) {
            check(fixture, List.of(List.of(2L), List.of(3L), List.of(1L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void uuid_asText(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id UUID PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id UUID REFERENCES parent(id));
                INSERT INTO parent VALUES ('6f1b0c3e-58c3-4b62-9f5a-000000000001', 1),
                  ('6f1b0c3e-58c3-4b62-9f5a-000000000002', 2);
                INSERT INTO child VALUES (1, '6f1b0c3e-58c3-4b62-9f5a-000000000002');
                """)) {
            check(fixture, List.of(List.of(), List.of(1L)));
        }
    }

    @Test
    void uuid_asBlob() {
        try (Fixture fixture = fixture(Access.DRIVER, """
                CREATE TABLE parent (id UUID PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id UUID REFERENCES parent(id));
                INSERT INTO parent VALUES (x'6f1b0c3e58c34b629f5a000000000001', 1), (x'6f1b0c3e58c34b629f5a000000000002', 2);
                INSERT INTO child VALUES (1, x'6f1b0c3e58c34b629f5a000000000002'),
                  (2, x'6f1b0c3e58c34b629f5a000000000001');
                """)) {
            check(fixture, List.of(List.of(2L), List.of(1L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void differentTypes_compareAsTheReferencedColumnDoes(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id INTEGER PRIMARY KEY, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id TEXT REFERENCES parent(id));
                INSERT INTO parent VALUES (7, 1), (8, 2);
                INSERT INTO child VALUES (1, '7'), (2, '8'), (3, '9');
                """)) {
            check(fixture, List.of(List.of(1L), List.of(2L)));
        }
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id TEXT PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id));
                INSERT INTO parent VALUES ('7', 1), ('08', 2);
                INSERT INTO child VALUES (1, 7), (2, 8);
                """)) {
            check(fixture, List.of(List.of(1L), List.of()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void uniqueColumn_otherThanTheKey(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id TEXT REFERENCES parent(code));
                INSERT INTO parent VALUES (10, 'x', 1), (11, NULL, 2), (12, 'y', 3);
                INSERT INTO child VALUES (1, 'y'), (2, 'x'), (3, NULL);
                """)) {
            check(fixture, List.of(List.of(2L), List.of(), List.of(1L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void datesAndNumbers(Access access) {
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id DATE PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id DATE REFERENCES parent(id));
                INSERT INTO parent VALUES ('2020-01-01', 1), ('2020-01-02', 2);
                INSERT INTO child VALUES (1, '2020-01-02');
                """)) {
            check(fixture, List.of(List.of(), List.of(1L)));
        }
        try (Fixture fixture = fixture(access, """
                CREATE TABLE parent (id DECIMAL(5, 2) PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id DECIMAL(5, 2) REFERENCES parent(id));
                INSERT INTO parent VALUES ('1.50', 1), ('2', 2);
                INSERT INTO child VALUES (1, '1.5'), (2, '2.00');
                """)) {
            check(fixture, List.of(List.of(1L), List.of(2L)));
        }
    }

    private Fixture composite(Access access, String type, String values) {
        DatabaseOptions names = DatabaseOptions.defaults().relation("child.parent_a,parent_b", "parent", "children");
        return Fixture.ofScript(access, directory, """
                PRAGMA foreign_keys = OFF;
                CREATE TABLE parent (a TEXT COLLATE NOCASE, b %1$s, n INTEGER, PRIMARY KEY (a, b));
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_a TEXT COLLATE NOCASE, parent_b %1$s,
                  FOREIGN KEY (parent_a, parent_b) REFERENCES parent (a, b));
                %2$s
                """.formatted(type, values), names);
    }

    @ParameterizedTest
    @EnumSource
    void composite_oneBindOfPairs(Access access) {
        try (Fixture fixture = composite(access, "INTEGER", """
                INSERT INTO parent VALUES ('x', 1, 1), ('x', 2, 2), ('y', 1, 3);
                INSERT INTO child VALUES (1, 'X', 2), (2, 'y', 1), (3, 'y', 2), (4, 'x', NULL), (5, 'x', 1);
                """)) {
            check(fixture, List.of(List.of(5L), List.of(1L), List.of(2L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void composite_withBlob_isToldApartInJava(Access access) {
        try (Fixture fixture = composite(access, "BLOB", """
                INSERT INTO parent VALUES ('x', x'01', 1), ('x', x'02', 2), ('y', x'01', 3);
                INSERT INTO child VALUES (1, 'X', x'02'), (2, 'y', x'01'), (3, 'y', x'02'), (4, 'x', NULL);
                """)) {
            check(fixture, List.of(List.of(), List.of(1L), List.of(2L)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyToMany_overTextAndBlobKeys(Access access) {
        try (Fixture fixture = Fixture.ofScript(access, directory, """
                CREATE TABLE post (id BLOB PRIMARY KEY NOT NULL, n INTEGER);
                CREATE TABLE tag (name TEXT COLLATE NOCASE PRIMARY KEY NOT NULL);
                CREATE TABLE post_tag (post_id BLOB NOT NULL REFERENCES post(id), tag_name TEXT COLLATE NOCASE
                  NOT NULL REFERENCES tag(name), PRIMARY KEY (post_id, tag_name));
                INSERT INTO post VALUES (x'01', 1), (x'02', 2);
                INSERT INTO tag VALUES ('Java'), ('SQL');
                INSERT INTO post_tag VALUES (x'01', 'java'), (x'01', 'SQL'), (x'02', 'JAVA');
                """)) {
            List<Row> posts = rows(
                    fixture,
                    fixture.db
                            .objects("post")
                            .orderBy("n")
                            .prefetchRelated(Prefetch.of("tags", q -> q.orderBy("name"))));
            assertThat(posts.get(0).list("tags")).extracting(Row::pk).containsExactly("Java", "SQL");
            assertThat(posts.get(1).list("tags")).extracting(Row::pk).containsExactly("Java");
            List<Row> tags =
                    rows(fixture, fixture.db.objects("tag").orderBy("name").prefetchRelated("posts"));
            assertThat(tags.get(0).list("posts")).hasSize(2);
            assertThat(tags.get(1).list("posts")).hasSize(1);
        }
    }

    @Test
    void moreKeysThanOneBindHolds_areStillOneStatement() {
        try (Fixture fixture = fixture(Access.DRIVER, """
                CREATE TABLE parent (id INTEGER PRIMARY KEY, n INTEGER);
                CREATE TABLE child (n INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id));
                WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 100001)
                INSERT INTO parent SELECT n, n FROM i;
                INSERT INTO child VALUES (1, 1), (2, 100001);
                """)) {
            List<Row> parents =
                    rows(fixture, fixture.db.objects("parent").orderBy("n").prefetchRelated("children"));
            assertThat(parents.get(0).list("children")).hasSize(1);
            assertThat(parents.get(100_000).list("children")).hasSize(1);
        }
    }
}
