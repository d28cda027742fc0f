package rillite.querysets.migrate;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.migrate.internal.FileThread;

/** What a {@link Migrations} knows. Immutable. */
record Settings(
        Source source,
        String set,
        @Nullable String environment,
        Placeholders placeholders,
        boolean outOfOrder,
        boolean dryRun,
        Duration lockWait,
        Clock clock,
        Consumer<MigrationProgress> progress) {

    static Settings of(Source source) {
        return new Settings(
                source,
                Migrations.DEFAULT_SET,
                null,
                Placeholders.NONE,
                false,
                false,
                Duration.ofMinutes(1),
                Clock.systemUTC(),
                progress -> {});
    }

    Settings withSet(String name) {
        return new Settings(source, name, environment, placeholders, outOfOrder, dryRun, lockWait, clock, progress);
    }

    Settings withEnvironment(String name) {
        return new Settings(source, set, name, placeholders, outOfOrder, dryRun, lockWait, clock, progress);
    }

    Settings withPlaceholder(String name, String value) {
        return new Settings(
                source,
                set,
                environment,
                placeholders.with(name, value),
                outOfOrder,
                dryRun,
                lockWait,
                clock,
                progress);
    }

    Settings withOutOfOrder() {
        return new Settings(source, set, environment, placeholders, true, dryRun, lockWait, clock, progress);
    }

    Settings withDryRun() {
        return new Settings(source, set, environment, placeholders, outOfOrder, true, lockWait, clock, progress);
    }

    Settings withLockWait(Duration wait) {
        return new Settings(source, set, environment, placeholders, outOfOrder, dryRun, wait, clock, progress);
    }

    Settings withProgress(Consumer<MigrationProgress> told) {
        return new Settings(source, set, environment, placeholders, outOfOrder, dryRun, lockWait, clock, told);
    }

    /** Reads the files, each time anew. */
    Mono<List<Migration>> migrations() {
        return FileThread.call(() -> MigrationReader.read(source, environment, placeholders));
    }
}
