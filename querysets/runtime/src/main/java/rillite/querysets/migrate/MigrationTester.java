package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.MigrationTestReport.Finding;
import rillite.querysets.migrate.MigrationTestReport.Step;
import rillite.r2dbc.SqliteScript;

/**
 * Runs every migration up, down and up again on a temporary file with rows in it, and reports what is lost: for a test of
 * your own migrations. Immutable.
 *
 * <pre>{@code
 * Mono<MigrationTestReport> run = MigrationTester.of(migrations)
 *         .seed("0001", "INSERT INTO users VALUES (1, 'Ada')")
 *         .run();
 * StepVerifier.create(run).assertNext(MigrationTestReport::assertNothingLost).verifyComplete();
 * }</pre>
 *
 * <p>A way up loses data when it drops rows, tables, or columns with values. A way down must give back the schema and every
 * value that was there before the way up. In the end everything is rolled back with all rows in place.
 */
public final class MigrationTester {

    private final Migrations migrations;
    private final Map<Long, List<String>> seeds;
    private final Set<Long> lossy;

    private MigrationTester(Migrations migrations, Map<Long, List<String>> seeds, Set<Long> lossy) {
        this.migrations = migrations;
        this.seeds = seeds;
        this.lossy = lossy;
    }

    public static MigrationTester of(Migrations migrations) {
        return new MigrationTester(migrations, Map.of(), Set.of());
    }

    /**
     * Puts rows in as soon as a migration is applied; the migrations after it must keep them.
     *
     * @param version number of the migration
     * @param sql one statement or several
     * @throws InvalidMigrationException the version is no number
     */
    public MigrationTester seed(String version, String sql) {
        Map<Long, List<String>> more = new LinkedHashMap<>(seeds);
        more.merge(
                Migrations.number(version),
                List.of(sql),
                (known, added) -> Stream.concat(known.stream(), added.stream()).toList());
        return new MigrationTester(migrations, more, lossy);
    }

    /**
     * Says that a migration loses data and is meant to: nothing is reported of it.
     *
     * @throws InvalidMigrationException the version is no number
     */
    public MigrationTester expectLoss(String version) {
        Set<Long> more = new HashSet<>(lossy);
        more.add(Migrations.number(version));
        return new MigrationTester(migrations, seeds, more);
    }

    /**
     * Runs the test when subscribed. A migration or a seed that fails is an error; a loss is a finding.
     *
     * @return an {@link InvalidMigrationException} for a seed or a loss of a migration that does not exist
     */
    public Mono<MigrationTestReport> run() {
        return migrations.files().flatMap(files -> {
            checkNumbers(files);
            return ScratchFile.use(connections -> new Test(connections, files).run());
        });
    }

    private void checkNumbers(List<Migration> files) {
        Stream.concat(seeds.keySet().stream(), lossy.stream())
                .filter(number -> files.stream().noneMatch(file -> file.number() == number))
                .findFirst()
                .ifPresent(number -> {
                    throw MigrationErrors.invalidCall("No migration has the number " + number
                            + ", for which there is a seed" + " or an expected loss.");
                });
    }

    /** One subscription. */
    private final class Test {
        private final ConnectionFactory connections;
        private final List<Migration> files;
        private final List<Finding> findings = new ArrayList<>();

        Test(ConnectionFactory connections, List<Migration> files) {
            this.connections = connections;
            this.files = files;
        }

        Mono<MigrationTestReport> run() {
            List<String> irreversible = files.stream()
                    .filter(file -> !file.isReversible())
                    .map(Migration::toString)
                    .toList();
            Mono<Void> back = irreversible.isEmpty() ? allTheWayDown() : Mono.empty();
            return Flux.fromIterable(files)
                    .concatMap(this::test, 1)
                    .then(back)
                    .then(Mono.fromSupplier(() -> new MigrationTestReport(files.size(), findings, irreversible)));
        }

        private Mono<Void> test(Migration file) {
            return snapshot()
                    .flatMap(before -> up(file).flatMap(after -> {
                        find(file, Step.UP, after.lossesSince(before));
                        return file.isReversible() ? downAndUp(file, before, after) : Mono.<Void>empty();
                    }))
                    .then(Mono.defer(() -> seed(file)));
        }

        private Mono<Snapshot> up(Migration file) {
            return migrations.migrate(connections, file.version()).then(snapshot());
        }

        private Mono<Void> downAndUp(Migration file, Snapshot before, Snapshot after) {
            return migrations
                    .rollback(connections, 1)
                    .then(snapshot())
                    .doOnNext(back -> find(file, Step.DOWN, back.differencesFrom(before)))
                    .then(up(file))
                    .doOnNext(again -> find(file, Step.UP_AGAIN, SchemaParts.differences(after.parts(), again.parts())))
                    .then();
        }

        private Mono<Void> allTheWayDown() {
            return migrations
                    .rollbackTo(connections, "0")
                    .then(snapshot())
                    .doOnNext(end ->
                            end.leftOver().forEach(what -> findings.add(new Finding("", Step.ALL_THE_WAY_DOWN, what))))
                    .then();
        }

        private void find(Migration file, Step step, List<String> found) {
            if (!lossy.contains(file.number())) {
                found.forEach(what -> findings.add(new Finding(file.toString(), step, what)));
            }
        }

        private Mono<Snapshot> snapshot() {
            return Mono.usingWhen(connections.create(), Snapshot::of, Connection::close);
        }

        private Mono<Void> seed(Migration file) {
            return Flux.fromIterable(seeds.getOrDefault(file.number(), List.of()))
                    .concatMapIterable(
                            sql -> ScriptReader.cut("the seed of " + file, sql).statements())
                    .map(SqliteScript.Statement::sql)
                    .concatMap(sql -> Mono.usingWhen(
                            connections.create(), connection -> StatementRun.run(connection, sql), Connection::close))
                    .then();
        }
    }
}
