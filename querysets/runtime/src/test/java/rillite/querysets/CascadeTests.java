package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import rillite.querysets.schema.ForeignKey.Action;

/** What a delete takes with it, what it leaves, and what stands in its way. */
@ParameterizedClass
@EnumSource(Access.class)
final class CascadeTests {

    @Parameter
    Access access = Access.BARE;

    @TempDir
    Path directory;

    /** Rows of b go with their row of a. */
    private static final String PAIR = """
            CREATE TABLE a (id INTEGER PRIMARY KEY);
            CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE CASCADE);
            """;

    private static final String CHAIN = PAIR + """
            CREATE TABLE c (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b ON DELETE CASCADE);
            """;

    private Fixture fixture;

    @AfterEach
    void close() {
        fixture.awaitClosed();
        fixture.close();
    }

    private Database open(String script) {
        return open(script, DatabaseOptions.defaults());
    }

    private Database open(String script, DatabaseOptions options) {
        fixture = Fixture.ofScript(access, directory, script, options);
        return fixture.db;
    }

    private static <T> T answer(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(Fixture.PATIENCE));
    }

    private static ProtectedException refusal(Mono<?> delete) {
        ProtectedException[] seen = new ProtectedException[1];
        StepVerifier.create(delete)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ProtectedException.class);
                    seen[0] = (ProtectedException) error;
                })
                .verify(Fixture.PATIENCE);
        return seen[0];
    }

    @Test
    void tableWithoutDependants_isOneDelete() {
        Database db = open("CREATE TABLE n (id INTEGER PRIMARY KEY); INSERT INTO n VALUES (1), (2), (3)");
        assertThat(answer(db.objects("n").filter("id__gt", 1).delete())).isEqualTo(Deleted.of("n", 2));
        assertThat(fixture.sent()).containsExactly("DELETE FROM \"n\" WHERE \"n\".\"id\" > ?");
        assertThat(answer(db.objects("n").filter("id", 77).delete()).byTable()).isEmpty();
    }

    @Test
    void levels_areCollectedBreadthFirst_andDeletedFromTheLeavesUp() {
        Database db = open(CHAIN + """
                INSERT INTO a VALUES (1), (2);
                INSERT INTO b VALUES (1, 1), (2, 1), (3, 2);
                INSERT INTO c VALUES (1, 1), (2, 2), (3, 2), (4, 3);
                """);
        assertThat(answer(db.objects("a").filter("id", 1).delete()).byTable())
                .isEqualTo(Map.of("a", 1L, "b", 2L, "c", 3L));
        assertThat(fixture.sent())
                .containsExactly(
                        "SELECT (+\"a\".\"id\") FROM \"a\" WHERE \"a\".\"id\" = ?",
                        "SELECT (+\"b\".\"id\") FROM \"b\" WHERE \"b\".\"a_id\" IN (SELECT value FROM json_each(?))",
                        "DELETE FROM \"c\" WHERE \"c\".\"b_id\" IN (SELECT value FROM json_each(?))",
                        "DELETE FROM \"b\" WHERE \"b\".\"id\" IN (SELECT value FROM json_each(?))",
                        "DELETE FROM \"a\" WHERE \"a\".\"id\" IN (SELECT value FROM json_each(?))");
        assertThat(fixture.jdbc("SELECT count(*) FROM c")).containsExactly(List.of(1));
    }

    @Test
    void numberOfStatements_doesNotDependOnRows() {
        Database db = open(CHAIN + """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100003)
                INSERT INTO a SELECT i FROM n;
                INSERT INTO b SELECT id, id FROM a;
                INSERT INTO c SELECT id, id FROM b;
                """);
        assertThat(answer(db.objects("a").delete()))
                .isEqualTo(new Deleted(Map.of("a", 100003L, "b", 100003L, "c", 100003L)));
        assertThat(fixture.sent())
                .hasSize(5)
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("json_each(?) UNION ALL SELECT value FROM json_each(?)");
    }

    @Test
    void conditionOnChildren_isAskedBeforeTheyGo() {
        Database db = open("""
                CREATE TABLE a (id INTEGER PRIMARY KEY);
                CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE CASCADE, v INTEGER);
                INSERT INTO a VALUES (1), (2), (3);
                INSERT INTO b VALUES (1, 1, 7), (2, 2, 7), (3, 3, 1);
                """);
        assertThat(answer(db.objects("a").filter("bs__v", 7).delete()).byTable())
                .isEqualTo(Map.of("a", 2L, "b", 2L));
        assertThat(answer(db.objects("a").orderBy("-id").limit(1).delete()).total())
                .isEqualTo(2);
    }

    private static final String SELF = """
            CREATE TABLE node (id INTEGER PRIMARY KEY, up INTEGER REFERENCES node ON DELETE %s);
            INSERT INTO node VALUES (1, NULL), (2, 1), (3, 2), (4, 3), (5, NULL);
            """;

    @Test
    void tableThatReferencesItself_countsEachRowOnce() {
        Database db = open(SELF.formatted("CASCADE"));
        assertThat(answer(db.objects("node").filter("id", 2).delete())).isEqualTo(Deleted.of("node", 3));
        assertThat(fixture.jdbc("SELECT id FROM node ORDER BY id")).containsExactly(List.of(1), List.of(5));
    }

    @Test
    void cycleOfRows_ends() {
        Database db = open(SELF.formatted("CASCADE") + "UPDATE node SET up = 4 WHERE id = 1");
        assertThat(answer(db.objects("node").filter("id", 3).delete())).isEqualTo(Deleted.of("node", 4));
    }

    @Test
    void rowsThatProtectEachOther_goTogether() {
        for (String rule : List.of("RESTRICT", "NO ACTION")) {
            Database db = open(SELF.formatted(rule));
            assertThat(refusal(db.objects("node").filter("id", 1).delete()).keys())
                    .containsExactly(2L);
            assertThat(answer(db.objects("node").filter("id__lte", 4).delete())).isEqualTo(Deleted.of("node", 4));
            assertThat(fixture.jdbc("SELECT id FROM node")).containsExactly(List.of(5));
            fixture.awaitClosed();
        }
    }

    private static final String CYCLE = """
            CREATE TABLE a (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b ON DELETE %s);
            CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE CASCADE);
            INSERT INTO a VALUES (1, NULL), (2, NULL);
            INSERT INTO b VALUES (1, 1), (2, 2);
            UPDATE a SET b_id = id;
            """;

    @Test
    void cycleOfTables_isCheckedAtTheEnd() {
        for (String rule : List.of("CASCADE", "RESTRICT", "NO ACTION")) {
            Database db = open(CYCLE.formatted(rule));
            assertThat(answer(db.objects("a").filter("id", 1).delete()).byTable())
                    .isEqualTo(Map.of("a", 1L, "b", 1L));
            assertThat(fixture.jdbc("SELECT id, b_id FROM a")).containsExactly(List.of(2, 2));
            fixture.awaitClosed();
        }
    }

    @Test
    void cycleOfTables_insideATransaction_leavesItAsItWas() {
        Database db = open(CYCLE.formatted("RESTRICT"));
        List<Object> before = db.inTransaction(tx -> tx.objects("a")
                        .filter("id", 1)
                        .delete()
                        .thenMany(tx.sql("PRAGMA defer_foreign_keys").values().flux())
                        .map(row -> row.get("defer_foreign_keys", Long.class)))
                .<Object>map(value -> value)
                .collectList()
                .block(Fixture.PATIENCE);
        assertThat(before).containsExactly(0L);
    }

    @Test
    void setNull_andSetDefault_keepTheRows_andDoNotCount() {
        Database db = open("""
                CREATE TABLE a (id INTEGER PRIMARY KEY);
                CREATE TABLE b (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE SET NULL);
                CREATE TABLE c (id INTEGER PRIMARY KEY, a_id INTEGER DEFAULT 9 REFERENCES a ON DELETE SET DEFAULT);
                INSERT INTO a VALUES (1), (9);
                INSERT INTO b VALUES (1, 1), (2, 9);
                INSERT INTO c VALUES (1, 1), (2, NULL);
                """);
        assertThat(answer(db.objects("a").filter("id", 1).delete())).isEqualTo(Deleted.of("a", 1));
        assertThat(fixture.jdbc("SELECT * FROM b ORDER BY id").toString()).isEqualTo("[[1, null], [2, 9]]");
        assertThat(fixture.jdbc("SELECT * FROM c ORDER BY id").toString()).isEqualTo("[[1, 9], [2, null]]");
    }

    @Test
    void protectedRow_isNamed_andNothingIsWritten() {
        Database db = open(PAIR + """
                CREATE TABLE c (x TEXT, y INTEGER, b_id INTEGER REFERENCES b ON DELETE RESTRICT, PRIMARY KEY (x, y));
                INSERT INTO a VALUES (1);
                INSERT INTO b VALUES (1, 1);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 15)
                INSERT INTO c SELECT 'k', i, 1 FROM n;
                """);
        ProtectedException error = refusal(db.objects("a").delete());
        assertThat(error.table()).isEqualTo("c");
        assertThat(error.foreignKey()).isEqualTo("c(b_id) -> b(id)");
        assertThat(error.keys()).hasSize(10).contains(List.of("k", 1L));
        assertThat(error)
                .hasMessageStartingWith("Cannot delete rows of b: rows of c reference them by c(b_id) -> b(id), which"
                        + " forbids it. Keys: [k, 1], ")
                .hasMessageEndingWith(" and more. Nothing was deleted. Delete or change these rows first.");
        assertThat(fixture.sent()).noneMatch(sql -> sql.startsWith("DELETE") || sql.startsWith("UPDATE"));
        assertThat(fixture.jdbc("SELECT count(*) FROM b")).containsExactly(List.of(1));
    }

    @Test
    void protectedRow_thatGoesByAnotherWay_doesNotProtect() {
        Database db = open(PAIR + """
                CREATE TABLE leaf (
                    a_id INTEGER REFERENCES a ON DELETE CASCADE,
                    b_id INTEGER REFERENCES b ON DELETE RESTRICT
                );
                INSERT INTO a VALUES (1), (2);
                INSERT INTO b VALUES (1, 1), (2, 2);
                INSERT INTO leaf VALUES (1, 1), (NULL, 2);
                """);
        assertThat(answer(db.objects("a").filter("id", 1).delete()).byTable())
                .isEqualTo(Map.of("a", 1L, "b", 1L, "leaf", 1L));
        assertThat(refusal(db.objects("a").delete()).table()).isEqualTo("leaf");
    }

    @Test
    void rules_canBeChosen() {
        String script = """
                CREATE TABLE a (id INTEGER PRIMARY KEY);
                CREATE TABLE plain (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a);
                CREATE TABLE own (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE CASCADE);
                INSERT INTO a VALUES (1);
                INSERT INTO plain VALUES (1, 1);
                INSERT INTO own VALUES (1, 1);
                """;
        Database taking = open(script, DatabaseOptions.defaults().onDelete("plain.a_id", Action.CASCADE));
        assertThat(answer(taking.objects("a").delete()).byTable()).isEqualTo(Map.of("a", 1L, "plain", 1L, "own", 1L));
        Database keeping = open(
                script,
                DatabaseOptions.defaults()
                        .onDelete("PLAIN.A_ID", Action.SET_NULL)
                        .onDelete("own.a_id", Action.RESTRICT));
        assertThat(refusal(keeping.objects("a").delete()).table()).isEqualTo("own");
        assertThatThrownBy(() -> open(script, DatabaseOptions.defaults().onDelete("own.b_id", Action.CASCADE)))
                .hasMessageContaining("own.b_id")
                .hasMessageContaining("own.a_id");
        assertThatThrownBy(() -> DatabaseOptions.defaults().onDelete("own", Action.CASCADE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void chosenRule_whoseForeignKeyGoesAway_stopsDeletesUntilItIsBack() {
        Database db = open("""
                CREATE TABLE a (id INTEGER PRIMARY KEY);
                CREATE TABLE other (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE CASCADE);
                CREATE TABLE own (id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a ON DELETE CASCADE);
                INSERT INTO a VALUES (1), (2);
                INSERT INTO own VALUES (1, 1), (2, 2);
                """, DatabaseOptions.defaults().onDelete("own.a_id", Action.RESTRICT));
        QuerySet<Row> before = db.objects("a");
        fixture.jdbc("ALTER TABLE own RENAME COLUMN a_id TO parent_id");
        answer(db.refresh());
        fixture.sent();
        assertThatThrownBy(() -> db.objects("a").delete())
                .isExactlyInstanceOf(InvalidQueryException.class)
                .hasMessage(
                        "Cannot delete rows of \"a\": DatabaseOptions.onDelete chose what happens by \"own.a_id\","
                                + " a foreign key that the file has lost since it was opened. Open it again with a rule for the"
                                + " foreign key that it has now, or call deleteFast(), which leaves it to the rules of the file.");
        assertThat(fixture.sent()).isEmpty();
        StepVerifier.create(before.delete())
                .expectError(SchemaChangedException.class)
                .verify(Fixture.PATIENCE);
        assertThat(answer(db.objects("own").filter("id", 2).delete())).isEqualTo(Deleted.of("own", 1));
        assertThat(answer(db.objects("a").filter("id", 2).deleteFast())).isEqualTo(1);
        answer(db.refresh());
        assertThatThrownBy(() -> db.objects("a").delete()).isInstanceOf(InvalidQueryException.class);

        fixture.jdbc("ALTER TABLE own RENAME COLUMN parent_id TO a_id");
        answer(db.refresh());
        assertThat(refusal(db.objects("a").delete()).table()).isEqualTo("own");

        fixture.jdbc("DROP TABLE own");
        answer(db.refresh());
        assertThat(answer(db.objects("a").delete())).isEqualTo(Deleted.of("a", 1));
    }

    @Test
    void queryThatIsKept_followsTheRules_afterARefresh() {
        Database db = open(PAIR + """
                CREATE TABLE c (id INTEGER PRIMARY KEY, b_id INTEGER REFERENCES b ON DELETE RESTRICT);
                INSERT INTO a VALUES (1), (2);
                INSERT INTO b VALUES (1, 1), (2, 2);
                INSERT INTO c VALUES (1, 1);
                """);
        QuerySet<Row> kept = db.objects("a").orderBy("id");
        answer(db.refresh());
        assertThat(refusal(kept.filter("id", 1).delete()).table()).isEqualTo("c");
        assertThat(answer(kept.filter("id", 2).delete()).byTable()).isEqualTo(Map.of("a", 1L, "b", 1L));
    }

    @Test
    void keys_ofAllKinds_areFollowed() {
        Database db = open("""
                CREATE TABLE a (k TEXT COLLATE NOCASE PRIMARY KEY, other REAL UNIQUE, blob BLOB, odd, UNIQUE (blob, odd));
                CREATE TABLE by_text (k TEXT REFERENCES a ON DELETE CASCADE);
                CREATE TABLE by_real (id INTEGER PRIMARY KEY, v REAL REFERENCES a (other) ON DELETE CASCADE);
                CREATE TABLE under_real (v INTEGER REFERENCES by_real ON DELETE CASCADE);
                CREATE TABLE by_pair (b BLOB, o, FOREIGN KEY (b, o) REFERENCES a (blob, odd) ON DELETE CASCADE);
                INSERT INTO a VALUES ('Key"\\é', 0.1, X'00FF', X'AA'), ('two', NULL, X'01', 'text'), ('three', 3, X'01', 3);
                INSERT INTO by_text VALUES ('KEY"\\é'), ('two'), (NULL);
                INSERT INTO by_real VALUES (1, 0.1), (2, 3.0), (3, NULL);
                INSERT INTO under_real VALUES (1), (1), (2);
                INSERT INTO by_pair VALUES (X'00FF', X'AA'), (X'01', 'text'), (X'01', 3), (NULL, 3);
                """);
        assertThat(answer(db.objects("a").filter("k", "key\"\\é").delete()).byTable())
                .isEqualTo(Map.of("a", 1L, "by_text", 1L, "by_real", 1L, "under_real", 2L, "by_pair", 1L));
        assertThat(answer(db.objects("a").filter("k", "two").delete()).byTable())
                .isEqualTo(Map.of("a", 1L, "by_text", 1L, "by_pair", 1L));
    }

    @Test
    void tableWithoutKey_isFollowedByItsRowid() {
        Database db = open("""
                CREATE TABLE a (code TEXT UNIQUE);
                CREATE TABLE b (id INTEGER PRIMARY KEY, code TEXT REFERENCES a (code) ON DELETE CASCADE);
                INSERT INTO a VALUES ('x'), ('y'), (NULL);
                INSERT INTO b VALUES (1, 'x'), (2, NULL);
                """);
        assertThat(answer(db.objects("a").delete()).byTable()).isEqualTo(Map.of("a", 3L, "b", 1L));
    }

    @Test
    void delete_insideATransaction_isPartOfIt() {
        Database db = open(SELF.formatted("CASCADE"));
        StepVerifier.create(db.inTransaction(tx -> tx.objects("node")
                        .filter("id", 1)
                        .delete()
                        .doOnNext(deleted -> assertThat(deleted.total()).isEqualTo(4))
                        .then(Mono.error(new IllegalStateException("no")))))
                .expectErrorMessage("no")
                .verify(Fixture.PATIENCE);
        assertThat(fixture.jdbc("SELECT count(*) FROM node")).containsExactly(List.of(5));
    }
}
