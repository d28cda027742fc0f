package rillite.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Byte for byte what is written for a small schema. After a wanted change, run this with {@code -Dgolden.write=true}. */
final class GoldenTests {

    private static final Path GOLDEN = Sample.inRepository("querysets/codegen/src/test/resources/golden");

    private static final List<String> TABLES =
            List.of("""
            CREATE TABLE users (
                id INTEGER PRIMARY KEY,
                email TEXT NOT NULL UNIQUE,
                created_at INTEGER NOT NULL,
                team_id INTEGER REFERENCES teams,
                "display name" TEXT NOT NULL DEFAULT '',
                initial TEXT GENERATED ALWAYS AS (substr(email, 1, 1))
            );
            """, "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, \"class\" TEXT);\n");

    private static final String VIEW =
            "CREATE VIEW team_size AS SELECT team_id, count(*) AS size FROM users GROUP BY 1;";

    private static final CodegenOptions OPTIONS = CodegenOptions.of("com.example.club")
            .naming(Naming.derived().relation("users.team_id", "team", "members"))
            .type("*.*_at", "epoch-millis")
            .type("team_size.size", "long");

    @TempDir
    Path directory;

    @Test
    void sources_areThese() throws IOException {
        GeneratedSources sources =
                Sample.generate(Sample.ofScript(directory, TABLES.get(0) + TABLES.get(1) + VIEW), OPTIONS);
        if (Boolean.getBoolean("golden.write")) {
            sources.writeTo(GOLDEN);
        }

        for (GeneratedFile file : sources.files()) {
            assertThat(file.text()).isEqualTo(Sample.text(GOLDEN.resolve(file.path())));
        }
        try (Stream<Path> files = Files.list(GOLDEN.resolve("com/example/club"))) {
            assertThat(files).hasSize(sources.files().size());
        }
        Compiled.of(directory, sources).close();
    }

    @Test
    void orderOfDeclarations_changesNothing() {
        GeneratedSources sources =
                Sample.generate(Sample.ofScript(directory, TABLES.get(0) + TABLES.get(1) + VIEW), OPTIONS);

        assertThat(Sample.generate(Sample.ofScript(directory, TABLES.get(1) + TABLES.get(0) + VIEW), OPTIONS))
                .isEqualTo(sources);
    }

    @Test
    void hash_isThatOfColumnsAndRelationsOnly() {
        String hash = hash(TABLES.get(0) + TABLES.get(1));

        assertThat(hash).matches("[0-9a-f]{16}");
        assertThat(hash(TABLES.get(0) + TABLES.get(1)
                        + "CREATE INDEX i ON users(email); INSERT INTO teams VALUES (1, 'x', 'y')"))
                .isEqualTo(hash);
        assertThat(hash(TABLES.get(0).replace("email TEXT NOT NULL", "email TEXT") + TABLES.get(1)))
                .isNotEqualTo(hash);
        assertThat(hash(TABLES.get(0).replace("REFERENCES teams", "") + TABLES.get(1)))
                .isNotEqualTo(hash);
    }

    private String hash(String script) {
        return Sample.generate(Sample.ofScript(directory, script), CodegenOptions.of("app"))
                .schemaHash();
    }
}
