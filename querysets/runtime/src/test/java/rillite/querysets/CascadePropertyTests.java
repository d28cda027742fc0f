package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * Random schemas of foreign keys, with random rows: delete() leaves what SQLite's own rules leave, counts what is missing,
 * and refuses, without a change, what SQLite refuses.
 */
final class CascadePropertyTests {

    private static final List<String> RULES = List.of("CASCADE", "CASCADE", "SET NULL", "RESTRICT", "NO ACTION");
    private static final int SCHEMAS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300, 4_000})
    void delete_doesWhatTheDatabaseWouldDo(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        int cascaded = 0;
        for (int i = 0; i < SCHEMAS; i++) {
            int tables = 2 + random.nextInt(4);
            String script = script(random, tables);
            long most = 1 + random.nextInt(3);
            Outcome expected = byTheDatabase(script, tables, most);
            Outcome found = byTheCollector(script, tables, most);
            assertThat(found.state()).as(script).isEqualTo(expected.state());
            assertThat(found.refused()).as(script).isEqualTo(expected.refused());
            assertThat(found.deleted()).as(script).isEqualTo(expected.deleted());
            refused += expected.refused() ? 1 : 0;
            cascaded += expected.deleted().size() > 1 ? 1 : 0;
        }
        assertThat(refused).isPositive();
        assertThat(cascaded).isPositive();
    }

    /** Tables t0, t1 ..; a key leads to any table, the own and later ones included. */
    private static String script(Random random, int tables) {
        StringBuilder script = new StringBuilder();
        List<int[]> keys = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            script.append("CREATE TABLE t").append(t).append(" (id INTEGER PRIMARY KEY");
            int count = t == 0 ? random.nextInt(2) : 1 + random.nextInt(2);
            for (int k = 0; k < count; k++) {
                int target = random.nextInt(10) < 8 ? random.nextInt(Math.max(1, t)) : random.nextInt(tables);
                script.append(", k")
                        .append(k)
                        .append(" INTEGER REFERENCES t")
                        .append(target)
                        .append(" ON DELETE ");
                script.append(RULES.get(random.nextInt(RULES.size())));
                keys.add(new int[] {t, k, target});
            }
            script.append(");\n");
        }
        int rows = 3 + random.nextInt(5);
        for (int t = 0; t < tables; t++) {
            for (int id = 1; id <= rows; id++) {
                script.append("INSERT INTO t")
                        .append(t)
                        .append(" (id) VALUES (")
                        .append(id)
                        .append(");\n");
            }
        }
        for (int[] key : keys) {
            for (int id = 1; id <= rows; id++) {
                if (random.nextInt(3) > 0) {
                    script.append("UPDATE t" + key[0] + " SET k" + key[1] + " = " + (1 + random.nextInt(rows))
                            + " WHERE id = " + id + ";\n");
                }
            }
        }
        return script.toString();
    }

    private record Outcome(List<List<List<@Nullable Object>>> state, boolean refused, Map<String, Long> deleted) {}

    private static List<List<List<@Nullable Object>>> state(Fixture fixture, int tables) {
        List<List<List<@Nullable Object>>> state = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            state.add(fixture.jdbc("SELECT * FROM t" + t + " ORDER BY id"));
        }
        return state;
    }

    /** What SQLite does by itself, with rows that are checked at the end, as RESTRICT is for rows that all go. */
    private Outcome byTheDatabase(String script, int tables, long most) {
        try (Fixture fixture = Fixture.ofScript(Access.BARE, directory, script)) {
            List<List<List<@Nullable Object>>> before = state(fixture, tables);
            boolean refused = false;
            try {
                fixture.inOneTransaction("PRAGMA defer_foreign_keys = ON", "DELETE FROM t0 WHERE id <= " + most);
            } catch (IllegalStateException e) {
                refused = true;
            }
            List<List<List<@Nullable Object>>> after = state(fixture, tables);
            Map<String, Long> deleted = new LinkedHashMap<>();
            for (int t = 0; t < tables; t++) {
                long gone = before.get(t).size() - after.get(t).size();
                if (gone > 0) {
                    deleted.put("t" + t, gone);
                }
            }
            return new Outcome(after, refused, deleted);
        }
    }

    private Outcome byTheCollector(String script, int tables, long most) {
        try (Fixture fixture = Fixture.ofScript(Access.BARE, directory, script)) {
            Mono<Map<String, Long>> delete =
                    fixture.db.objects("t0").filter("id__lte", most).delete().map(Deleted::byTable);
            boolean[] refused = new boolean[1];
            Map<String, Long> deleted = Objects.requireNonNull(delete.onErrorResume(ProtectedException.class, error -> {
                        refused[0] = true;
                        return Mono.just(Map.of());
                    })
                    .block(Fixture.PATIENCE));
            return new Outcome(state(fixture, tables), refused[0], deleted);
        }
    }
}
