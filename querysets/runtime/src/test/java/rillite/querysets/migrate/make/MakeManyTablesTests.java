package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Files with thousands of tables: the work grows with their number, and what is told stays short. */
final class MakeManyTablesTests extends MakeCase {

    private static final int MANY = 5_000;
    private static final int SOME = 2_000;
    private static final Duration LONG = Duration.ofMinutes(3);

    private static String tables(String name, int count) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String parent = i == 0 ? "" : " REFERENCES " + name + (i - 1);
            sql.append("CREATE TABLE " + name + i + " (id INTEGER PRIMARY KEY, label TEXT NOT NULL, other INT" + parent
                    + ");\n");
        }
        return sql + "CREATE INDEX by_label_" + name + " ON " + name + "0 (label);\n";
    }

    private static MigrationDraft patiently(Make make) {
        return Objects.requireNonNull(make.draft().block(LONG));
    }

    @Test
    void fewChanges_amongThousandsOfTables_areFound() {
        run(tables("t", MANY));
        String desired = tables("t", MANY)
                .replace("TABLE t0 (id INTEGER PRIMARY KEY, label", "TABLE t0 (id INTEGER PRIMARY KEY, label2")
                .replace("ON t0 (label)", "ON t0 (label2)")
                .replace(
                        "TABLE t9 (id INTEGER PRIMARY KEY, label TEXT NOT NULL,",
                        "TABLE t9 (id INTEGER PRIMARY KEY, label TEXT,");

        MigrationDraft draft = patiently(make(desired).rename("t0.label", "label2"));

        assertThat(summaries(draft))
                .containsExactly(
                        "rename column t0.label to label2",
                        "rebuild table t9: column label TEXT NOT NULL becomes label TEXT");
    }

    @Test
    void thousandsOfTables_thatMayAllBeRenamed_areAskedBriefly() {
        run(tables("t", SOME));

        RenameUndecidedException error = Objects.requireNonNull(catchThrowableOfType(
                RenameUndecidedException.class,
                () -> make(tables("n", SOME)).draft().block(LONG)));

        assertThat(error.questions())
                .hasSize(SOME)
                .allMatch(question -> question.candidates().size() == RenameQuestion.MOST);
        assertThat(error).hasMessageContaining(" And 1980 more questions. Answer with rename(\"t0\", \"n0\")");
        assertThat(error.getMessage()).hasSizeLessThan(5_000);
    }

    @Test
    void thousandsOfTables_comeAndGo() {
        List<String> changes = summaries(patiently(make(tables("t", SOME))));

        assertThat(changes).hasSize(SOME + 1).contains("create table t1999", "create index by_label_t");
    }

    @Test
    void chainOfViews_makesRoomAsAWhole() {
        StringBuilder views = new StringBuilder("CREATE VIEW v0 AS SELECT label FROM t0;\n");
        for (int i = 1; i < 150; i++) {
            views.append("CREATE VIEW v" + i + " AS SELECT label FROM v" + (i - 1) + ";\n");
        }
        run(tables("t", 1) + views);

        List<String> changes =
                summaries(patiently(make(tables("t", 1).replace("label TEXT NOT NULL", "label TEXT") + views)));

        assertThat(changes)
                .contains("drop view v0", "drop view v149", "create view v149")
                .hasSize(302);
    }
}
