package rillite.querysets.migrate.make;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import rillite.querysets.migrate.MigrationTester;
import rillite.querysets.migrate.Migrations;

/**
 * Random changes, one migration made after the other and each from those before it: the migrator runs all of them up, down
 * and up again to the same schemas, and all the way back to nothing. Replay a failure with {@code -Drillite.seed=..}.
 */
final class MadeMigrationsPropertyTests extends MakeCase {

    @RepeatedTest(12)
    void migrationsMadeFromOneAnother_leadThereAndBack() throws IOException {
        long seed = Long.getLong("rillite.seed", System.nanoTime());
        RandomChanges changes = new RandomChanges(new Random(seed));
        Path folder = Files.createDirectory(directory.resolve("migrations"));
        Migrations migrations = Migrations.of(folder);
        StringBuilder story = new StringBuilder();
        try {
            Make told = Make.of(migrations);
            for (int step = 1; step <= 4; step++) {
                MigrationDraft draft = draft(told.desired(changes.schema().script()));
                story.append("\n== up\n")
                        .append(draft.upSql())
                        .append("\n== down\n")
                        .append(draft.downSql());
                if (!draft.isEmpty()) {
                    await(draft.writeTo(folder, "step" + step));
                }
                assertThat(draft(Make.of(migrations).desired(changes.schema().script()))
                                .changes())
                        .isEmpty();
                told = changes.change(Make.of(migrations));
            }
            assertThat(await(MigrationTester.of(migrations).run()).findings()).isEmpty();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + story + "\n" + e.getMessage(), e);
        }
    }
}
