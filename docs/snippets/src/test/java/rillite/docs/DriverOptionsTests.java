package rillite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rillite.r2dbc.SqliteConnectionConfiguration;
import rillite.r2dbc.SqliteConnectionFactory;
import rillite.r2dbc.SqliteConnectionFactoryProvider;
import rillite.r2dbc.Synchronous;

/** reference/driver-options.md */
final class DriverOptionsTests {
    private static final String PAGE = Pages.text("reference/driver-options.md");

    @TempDir
    Path folder;

    @Test
    void options_areSetInAUrlOrInCode() {
        Path file = folder.resolve("app.db");

        // tag::url[]
        ConnectionFactory byUrl =
                ConnectionFactories.get("r2dbc:sqlite:file:///" + file + "?synchronous=normal&lockWaitTimeout=PT5S");
        // end::url[]

        // tag::options[]
        ConnectionFactory byOptions = ConnectionFactories.get(ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "sqlite")
                .option(ConnectionFactoryOptions.PROTOCOL, "file")
                .option(ConnectionFactoryOptions.DATABASE, file.toString())
                .option(SqliteConnectionFactoryProvider.SYNCHRONOUS, Synchronous.NORMAL)
                .build());
        // end::options[]

        // tag::builder[]
        SqliteConnectionFactory byBuilder = SqliteConnectionFactory.from(SqliteConnectionConfiguration.builder()
                .file(file)
                .synchronous(Synchronous.NORMAL)
                .build());
        // end::builder[]

        // tag::lenient[]
        SqliteConnectionFactory byPath = SqliteConnectionFactory.fromUrl("jdbc:sqlite:" + file + "?synchronous=NORMAL");
        // end::lenient[]

        assertThat(Scratch.value(byUrl, Long.class, "PRAGMA synchronous")).isEqualTo(1);
        assertThat(Scratch.value(byOptions, Long.class, "PRAGMA synchronous")).isEqualTo(1);
        assertThat(Scratch.value(byBuilder, Long.class, "PRAGMA synchronous")).isEqualTo(1);
        assertThat(Scratch.value(byPath, Long.class, "PRAGMA synchronous")).isEqualTo(1);
        for (ConnectionFactory each : List.of(byUrl, byOptions, byBuilder, byPath)) {
            Scratch.close((SqliteConnectionFactory) each);
        }
    }

    @Test
    void everyOption_isOnThePage_withItsDefault() throws ReflectiveOperationException {
        SqliteConnectionConfiguration defaults =
                SqliteConnectionConfiguration.builder().file(Path.of("app.db")).build();
        int options = 0;
        for (Field field : SqliteConnectionFactoryProvider.class.getFields()) {
            if (field.getType() == Option.class) {
                String name = ((Option<?>) field.get(null)).name();
                Object value =
                        SqliteConnectionConfiguration.class.getMethod(name).invoke(defaults);
                assertThat(row(name)).contains("`" + field.getName() + "`");
                if (!name.equals("readerThreads") && !name.equals("maxOpenCursors") && value != null) {
                    assertThat(row(name)).contains("`" + value + "`");
                }
                options++;
            }
        }
        assertThat(options).isGreaterThan(30);
    }

    /** The row of the table whose first cell is the anchor and the name. */
    private static String row(String name) {
        return PAGE.lines()
                .filter(line -> line.startsWith("| <a id=\"" + name + "\"></a>`" + name + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("reference/driver-options.md has no row of " + name));
    }

    @Test
    void urls_haveTheVerdictOfThePage() {
        int verdicts = 0;
        for (String line : PAGE.lines().filter(row -> row.startsWith("| `")).toList()) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            String url = cells.get(1).replace("`", "");
            if (cells.size() < 5 || !cells.get(3).matches("yes|no")) {
                continue;
            }
            boolean spi = cells.get(2).equals("yes");
            boolean ours = cells.get(3).equals("yes");
            if (spi) {
                assertThat(ConnectionFactories.get(url)).as(url).isNotNull();
            } else {
                assertThatThrownBy(() -> ConnectionFactories.get(url)).as(url).isInstanceOf(RuntimeException.class);
            }
            if (ours) {
                assertThat(SqliteConnectionConfiguration.fromUrl(url)).as(url).isNotNull();
            } else {
                assertThatThrownBy(() -> SqliteConnectionConfiguration.fromUrl(url))
                        .as(url)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            verdicts++;
        }
        assertThat(verdicts).isGreaterThan(15);
    }
}
