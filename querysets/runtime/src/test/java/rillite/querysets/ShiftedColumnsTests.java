package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/**
 * No value ever lands under the name of another column, whatever happens to the table meanwhile. Every value spells the
 * name of its column. Replay a failure with {@code -Drillite.seed=..}.
 */
final class ShiftedColumnsTests {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");

    @TempDir
    Path directory;

    private static Fixture fixture(Access access, Path directory) {
        return Fixture.ofScript(
                access,
                directory,
                "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);"
                        + "INSERT INTO t VALUES (1, 'a', 'b'), (2, 'a', 'b')");
    }

    /** Adds, drops or renames a column, or makes the table anew with other columns in another order. */
    private static String change(Random random, List<String> columns) {
        List<String> others = new ArrayList<>(NAMES);
        others.removeAll(columns);
        String other = others.isEmpty() ? "" : others.get(random.nextInt(others.size()));
        int place = random.nextInt(columns.size());
        switch (random.nextInt(others.isEmpty() ? 1 : columns.size() < 2 ? 3 : 4)) {
            case 1 -> {
                columns.add(other);
                return "ALTER TABLE t ADD COLUMN " + other + " TEXT DEFAULT '" + other + "'";
            }
            case 2 -> {
                String old = columns.set(place, other);
                return "BEGIN; ALTER TABLE t RENAME COLUMN " + old + " TO " + other + "; UPDATE t SET " + other + " = '"
                        + other + "'; COMMIT";
            }
            case 3 -> {
                return "ALTER TABLE t DROP COLUMN " + columns.remove(place);
            }
            default -> {
                columns.clear();
                columns.addAll(NAMES);
                Collections.shuffle(columns, random);
                columns.subList(1 + random.nextInt(NAMES.size()), NAMES.size()).clear();
                String declared = columns.stream()
                        .map(name -> name + " TEXT DEFAULT '" + name + "'")
                        .collect(Collectors.joining(", "));
                return "BEGIN; DROP TABLE t; CREATE TABLE t (" + declared
                        + ", id INTEGER PRIMARY KEY); INSERT INTO t (id) VALUES (1), (2); COMMIT";
            }
        }
    }

    private static void check(Row row, String about) {
        Map<String, @Nullable Object> values = row.asMap();
        assertThat(values.get("id")).as(about).isInstanceOf(Long.class);
        values.forEach((name, value) -> {
            if (!name.equals("id")) {
                assertThat(value).as(about + ", column " + name).isEqualTo(name);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void changesBetweenQueries_neverShift(Access access) {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        Random random = new Random(seed);
        int read = 0;
        try (Fixture fixture = fixture(access, directory)) {
            List<String> columns = new ArrayList<>(List.of("a", "b"));
            List<QuerySet<Row>> queries = new ArrayList<>(List.of(fixture.db.objects("t")));
            for (int step = 0; step < 40; step++) {
                fixture.run(change(random, columns));
                for (QuerySet<Row> query : queries) {
                    read += read(query, "seed " + seed + ", step " + step);
                }
                queries.add(fixture.db.objects("t"));
                Collections.shuffle(queries, random);
                queries.subList(Math.min(8, queries.size()), queries.size()).clear();
            }
        }
        assertThat(read).as("seed " + seed).isGreaterThan(10);
    }

    /** Reads and writes; the number of rows seen. A query that names what is gone may only fail in the one way. */
    private static int read(QuerySet<Row> query, String about) {
        Mono<List<Row>> rows = query.list();
        Mono<List<Row>> made = query.create(Fields.empty())
                .flatMap(row -> query.byId(row.pk()).delete().thenReturn(List.of(row)));
        return Objects.requireNonNull(rows.concatWith(made)
                        .flatMapIterable(list -> list)
                        .doOnNext(row -> {
                            if (row.get("id").equals(1L) || row.get("id").equals(2L)) {
                                check(row, about);
                            }
                        })
                        .count()
                        .onErrorResume(SchemaChangedException.class, gone -> Mono.just(0L))
                        .block(Fixture.PATIENCE))
                .intValue();
    }

    @ParameterizedTest
    @EnumSource(names = "DRIVER")
    void changesDuringQueries_neverShift(Access access) {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        Random random = new Random(seed);
        AtomicInteger read = new AtomicInteger();
        try (Fixture fixture = fixture(access, directory)) {
            CompletableFuture<Void> changes = CompletableFuture.runAsync(() -> {
                List<String> columns = new ArrayList<>(List.of("a", "b"));
                for (int step = 0; step < 100 || read.get() == 0 && step < 10_000; step++) {
                    fixture.run(change(random, columns));
                }
            });
            while (!changes.isDone()) {
                QuerySet<Row> query = fixture.db.objects("t");
                for (int i = 0; i < 5; i++) {
                    read.addAndGet(read(query, "seed " + seed));
                }
            }
            changes.join();
            fixture.db.refresh().block(Fixture.PATIENCE);
            assertThat(read(fixture.db.objects("t"), "seed " + seed)).isEqualTo(3);
        }
        assertThat(read).as("seed " + seed).hasPositiveValue();
    }
}
