package rillite.querysets.migrate;

import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.MigrationReport.Action;
import rillite.querysets.migrate.MigrationReport.Step;
import rillite.querysets.migrate.MigrationScript.Mode;

/** One call on one connection. */
final class MigrationRun {

    private final Settings settings;
    private final Connection connection;
    private final List<Migration> migrations;
    private final History history;
    private final Lock lock;

    MigrationRun(Settings settings, Connection connection, List<Migration> migrations) {
        this.settings = settings;
        this.connection = connection;
        this.migrations = migrations;
        history = new History(settings.set(), settings.clock());
        lock = new Lock(connection, settings.lockWait());
    }

    /** How things stand. Writes nothing. */
    Mono<MigrationStatus> status() {
        return history.read(connection).map(rows -> Comparison.of(settings.set(), migrations, rows));
    }

    /**
     * Plans, then runs every step in a transaction of its own, where it looks again whether another process did it. Where
     * nothing is to be done nothing is written.
     */
    Mono<MigrationReport> steps(Function<MigrationStatus, List<Planned>> plan) {
        return status().map(plan)
                .flatMap(planned -> settings.dryRun() || planned.isEmpty()
                        ? Mono.just(report(planned))
                        : lock.prepare().then(Mono.defer(() -> run(planned))));
    }

    private Mono<MigrationReport> run(List<Planned> planned) {
        return Flux.range(0, planned.size())
                .concatMap(i -> new StepRun(planned.get(i), i + 1, planned.size()).run(), 1)
                .collectList()
                .map(this::report);
    }

    private MigrationReport report(List<?> steps) {
        return new MigrationReport(
                settings.set(),
                settings.dryRun(),
                steps.stream()
                        .map(step -> step instanceof Planned planned ? planned.step(Duration.ZERO) : (Step) step)
                        .toList());
    }

    /** Plans and changes the history, all in one transaction. */
    Mono<MigrationReport> edits(Function<MigrationStatus, List<Planned>> plan) {
        return status().map(plan)
                .flatMap(planned -> settings.dryRun() || planned.isEmpty()
                        ? Mono.just(report(planned))
                        : lock.prepare()
                                .then(Mono.defer(() -> lock.hold(
                                        "history of " + settings.set(),
                                        Mode.TRANSACTION,
                                        () -> status().map(plan)
                                                .delayUntil(again -> history.create(connection)
                                                        .thenMany(Flux.fromIterable(again)
                                                                .concatMap(this::edit)))
                                                .map(this::report))))
                                .onErrorMap(error -> Failures.explained(error)));
    }

    private Mono<Void> edit(Planned planned) {
        return switch (planned.action()) {
            case BASELINE, APPLY -> history.add(connection, planned.file(), Duration.ZERO);
            case ACCEPT -> history.accept(connection, planned.row(), planned.file());
            case FORGET, ROLL_BACK -> history.remove(connection, planned.row());
        };
    }

    /** One migration, up or down. */
    private final class StepRun {
        private final Planned planned;
        private final int place;
        private final int places;
        private final List<MigrationScript.Statement> statements;
        private volatile MigrationScript.@Nullable Statement running;
        private volatile boolean firstOfAll;
        private volatile long begun;

        StepRun(Planned planned, int place, int places) {
            this.planned = planned;
            this.place = place;
            this.places = places;
            MigrationScript script = planned.script();
            statements = script == null ? List.of() : script.statements();
        }

        /** Empty when another process did it meanwhile. */
        Mono<Step> run() {
            Mode mode = planned.mode();
            Mono<Step> step = mode == Mode.ALONE
                    ? due().flatMap(due -> script().then(hold(Mode.TRANSACTION, () -> due().flatMap(still -> note()))))
                    : hold(mode, () -> due().flatMap(due -> script().then(note())));
            return step.doOnNext(done -> tell(statements.size(), true))
                    .onErrorMap(error -> Failures.explained(error, planned, begun != 0, running, firstOfAll))
                    .onErrorResume(error -> Failures.withOlderOrphans(error, connection));
        }

        private Mono<Step> hold(Mode mode, Supplier<Mono<Step>> work) {
            return lock.hold(planned.toString(), mode, work);
        }

        private Mono<Boolean> due() {
            return status().filter(now -> Plans.isDue(planned, now, settings.outOfOrder()))
                    .map(now -> {
                        firstOfAll = now.applied().isEmpty();
                        begun = System.nanoTime();
                        return Boolean.TRUE;
                    });
        }

        private Mono<Void> script() {
            return Mono.defer(() -> {
                tell(0, false);
                return Flux.range(0, statements.size())
                        .concatMap(
                                i -> {
                                    running = statements.get(i);
                                    return StatementRun.run(
                                                    connection,
                                                    statements.get(i).sql())
                                            .doOnSuccess(done -> tell(i + 1, false));
                                },
                                1)
                        .then(Mono.fromRunnable(() -> running = null));
            });
        }

        private Mono<Step> note() {
            return Mono.defer(() -> {
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                Mono<Void> noted = planned.action() == Action.APPLY
                        ? history.create(connection).then(history.add(connection, planned.file(), took))
                        : history.remove(connection, planned.row());
                return noted.thenReturn(planned.step(took));
            });
        }

        private void tell(int done, boolean committed) {
            settings.progress()
                    .accept(new MigrationProgress(
                            planned.version(),
                            planned.name(),
                            planned.action(),
                            place,
                            places,
                            done,
                            statements.size(),
                            committed));
        }
    }
}
