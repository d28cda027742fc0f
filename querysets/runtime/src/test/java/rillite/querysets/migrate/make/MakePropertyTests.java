package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import rillite.querysets.migrate.make.GivenSchema.GivenColumn;
import rillite.querysets.migrate.make.GivenSchema.GivenTable;

/**
 * Random schemas, random rows, random changes: up gives the desired schema, down the old one, up the desired one again; what
 * stays in the schema keeps its values, and no trigger fires. Replay a failure with {@code -Drillite.seed=..}.
 */
final class MakePropertyTests extends MakeCase {

    @RepeatedTest(150)
    void upDownUp_givesTheSchemas_andKeepsTheValues() {
        long seed = Long.getLong("rillite.seed", 2026);
        RandomChanges changes = new RandomChanges(new Random(seed));
        GivenSchema before = changes.schema();
        String rows = changes.rows();
        StringBuilder story = new StringBuilder(before.script()).append(rows);
        try {
            runLoose(before.script() + rows);
            link(before);
            Make undecided = make("");
            Make make = changes.change(undecided);
            GivenSchema after = changes.schema();
            story.append("\n== desired\n").append(after.script());
            MigrationDraft draft = draft(make.desired(after.script()));
            story.append("\n== up\n")
                    .append(draft.upSql())
                    .append("\n== down\n")
                    .append(draft.downSql());

            String log = query("SELECT count(*) FROM log").get(0);
            List<List<String>> kept = values(before, before, after);
            List<String> sequences = sequences(before, before, after);
            apply(draft, after.script());
            assertThat(values(after, before, after)).isEqualTo(kept);
            assertThat(sequences(after, before, after)).isEqualTo(sequences);
            assertThat(query("SELECT count(*) FROM log")).containsExactly(log);
            assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + "\n" + story + "\n" + e.getMessage(), e);
        }
    }

    /** Foreign keys lead to rows that are there. */
    private void link(GivenSchema schema) {
        StringBuilder sql = new StringBuilder();
        for (GivenTable table : schema.tables()) {
            for (GivenColumn column : table.columns()) {
                Integer parent = column.parent();
                if (parent != null) {
                    GivenTable to = schema.table(parent);
                    sql.append("UPDATE ")
                            .append(GivenSchema.quoted(table.name()))
                            .append(" SET ");
                    sql.append(GivenSchema.quoted(column.name())).append(" = (SELECT ");
                    sql.append(GivenSchema.quoted(to.column(0).name())).append(" FROM ");
                    sql.append(GivenSchema.quoted(to.name())).append(" LIMIT 1);\n");
                }
            }
        }
        runLoose(sql.toString());
    }

    /** The values, as text, of what is in both schemas: one list per table and column, by key. */
    private List<List<String>> values(GivenSchema present, GivenSchema before, GivenSchema after) {
        return before.tables().stream()
                .filter(table -> after.has(table.id()))
                .flatMap(table -> table.columns().stream()
                        .filter(column -> after.table(table.id()).has(column.id()))
                        .map(column -> column(present.table(table.id()), before, after, column.id())))
                .toList();
    }

    private List<String> column(GivenTable table, GivenSchema before, GivenSchema after, int column) {
        boolean filled = !before.table(table.id()).column(column).notNull()
                && after.table(table.id()).column(column).notNull();
        String name = GivenSchema.quoted(table.column(column).name());
        String key = GivenSchema.quoted(table.column(0).name());
        // where NULL is replaced by a default, only the others are the same
        return query("SELECT " + key + ", CASE WHEN " + filled + " AND (" + name + " IS NULL OR " + name
                + " NOT LIKE 'v%') THEN 'filled' ELSE CAST(" + name + " AS TEXT) END FROM "
                + GivenSchema.quoted(table.name()) + " ORDER BY " + key);
    }

    private List<String> sequences(GivenSchema present, GivenSchema before, GivenSchema after) {
        if (query("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty()) {
            return List.of();
        }
        return before.tables().stream()
                .filter(table -> table.key() == GivenSchema.Key.AUTOINCREMENT
                        && after.has(table.id())
                        && after.table(table.id()).key() == GivenSchema.Key.AUTOINCREMENT)
                .flatMap(table -> query("SELECT seq FROM sqlite_sequence WHERE name = '"
                                + present.table(table.id()).name().replace("'", "''") + "'")
                        .stream())
                .toList();
    }
}
