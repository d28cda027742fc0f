package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectionUrlTests {
    @ParameterizedTest
    @CsvSource({
        "r2dbc:sqlite:file:///app.db, app.db",
        "r2dbc:sqlite:file:///./data/app.db, ./data/app.db",
        "r2dbc:sqlite:file:///../app.db, ../app.db",
        "r2dbc:sqlite:file:////data/app.db, /data/app.db",
        "r2dbc:sqlite:file:///C:/data/app.db, C:/data/app.db",
        "r2dbc:sqlite:file:///my%20data/a%2Bb.db, my data/a+b.db",
        "r2dbc:sqlite:///app.db, app.db",
        "r2dbc:sqlite:////data/app.db, /data/app.db",
        "r2dbc:sqlite:file://localhost/app.db, app.db",
        "r2dbc:sqlite:file:///app.db?maxSize=5&lockWaitTimeout=PT5S, app.db",
    })
    void url_ofFile_givesPathAsTyped(String url, String path) {
        assertThat(SqliteConnectionConfiguration.from(ConnectionFactoryOptions.parse(url))
                        .location())
                .isEqualTo(new DatabaseLocation.File(Path.of(path)));
        assertThat(SqliteConnectionConfiguration.fromUrl(url).location().path()).isEqualTo(Path.of(path));
    }

    @Test
    void url_withTilde_isExpandedToTheHomeDirectory() {
        assertThat(parse("r2dbc:sqlite:file:///~/data/app.db").location().path())
                .isEqualTo(Path.of(System.getProperty("user.home"), "data", "app.db"));
        assertThat(SqliteConnectionConfiguration.fromUrl("~/app.db").location().path())
                .isEqualTo(Path.of(System.getProperty("user.home"), "app.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r2dbc:sqlite:mem:///", "r2dbc:sqlite:memory:///"})
    void url_ofMemory_isPrivate(String url) {
        assertThat(parse(url).location()).isEqualTo(new DatabaseLocation.Memory(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"r2dbc:sqlite:mem:///orders", "r2dbc:sqlite:memory:///orders"})
    void url_ofNamedMemory_keepsTheName(String url) {
        assertThat(parse(url).location()).isEqualTo(new DatabaseLocation.Memory("orders"));
        assertThat(parse(url).location().inMemory()).isTrue();
        assertThat(parse(url).location().path()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r2dbc:sqlite::memory:", "r2dbc:sqlite:app.db", "r2dbc:sqlite:/data/app.db"})
    void url_withoutSlashes_isRefusedByTheSpiBeforeTheDriverSeesIt(String url) {
        assertThatThrownBy(() -> ConnectionFactoryOptions.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Invalid URL");
    }

    @ParameterizedTest
    @CsvSource({
        "r2dbc:sqlite:app.db, app.db",
        "r2dbc:sqlite:/data/app.db, /data/app.db",
        "r2dbc:sqlite:./my%20app.db?mode=rw, ./my app.db",
        "jdbc:sqlite:app.db, app.db",
        "jdbc:sqlite:/data/app.db?journal_mode=WAL, /data/app.db",
        "jdbc:sqlite:C:/data/app.db, C:/data/app.db",
        "app.db, app.db",
        "/data/app.db, /data/app.db",
        "./data/a b.db, ./data/a b.db",
        "C:/data/app.db, C:/data/app.db",
    })
    void fromUrl_lenientForms_givePath(String url, String path) {
        assertThat(SqliteConnectionConfiguration.fromUrl(url).location().path()).isEqualTo(Path.of(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":memory:",
                "r2dbc:sqlite::memory:",
                "r2dbc:sqlite::memory:?foreignKeys=false",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:",
                "r2dbc:sqlite:mem:///"
            })
    void fromUrl_memoryForms_arePrivate(String url) {
        assertThat(SqliteConnectionConfiguration.fromUrl(url).location()).isEqualTo(new DatabaseLocation.Memory(null));
    }

    @Test
    void fromUrl_jdbcQuery_isReadAsOptions() {
        SqliteConnectionConfiguration configuration = SqliteConnectionConfiguration.fromUrl(
                "jdbc:sqlite:app.db?journal_mode=delete&foreign_keys=false&busy_timeout=1500&cacheSize=-64");
        assertThat(configuration.journalMode()).isEqualTo(JournalMode.DELETE);
        assertThat(configuration.foreignKeys()).isFalse();
        assertThat(configuration.lockWaitTimeout()).isEqualTo(Duration.ofMillis(1500));
        assertThat(configuration.cacheSize()).isEqualTo(-64);
        assertThatThrownBy(() -> SqliteConnectionConfiguration.fromUrl("jdbc:sqlite:app.db?busy_timeout=soon"))
                .hasMessage("Option busy_timeout: \"soon\" is not permitted;"
                        + " permitted: milliseconds from 0 to 999999999");
    }

    @ParameterizedTest
    @CsvSource({
        "r2dbc:sqlite://app.db, r2dbc:sqlite:file:///app.db",
        "r2dbc:sqlite://my_app.db, r2dbc:sqlite:file:///my_app.db",
        "r2dbc:sqlite:file://data/app.db, r2dbc:sqlite:file:///data/app.db",
        "r2dbc:sqlite:file://my_data/app.db, r2dbc:sqlite:file:///my_data/app.db",
        "r2dbc:sqlite:file://./data/app.db, r2dbc:sqlite:file:///./data/app.db",
        "r2dbc:sqlite:file://~/app.db, r2dbc:sqlite:file:///~/app.db",
        "r2dbc:sqlite:file://C:/data/app.db, r2dbc:sqlite:file:///C:/data/app.db",
        "r2dbc:sqlite:file://data/my%20app.db?mode=rw, r2dbc:sqlite:file:///data/my%20app.db",
        "r2dbc:sqlite:mem://orders, r2dbc:sqlite:mem:///orders",
    })
    void url_withTwoSlashes_isRejectedWithTheUrlThatWasMeant(String url, String meant) {
        assertThatThrownBy(() -> parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Option host \"")
                .hasMessageEndingWith("SQLite has no server, and a URL with two slashes takes the first part of the"
                        + " path for one; did you mean " + meant + "?");
        assertThatThrownBy(() -> SqliteConnectionConfiguration.fromUrl(url)).hasMessageContaining(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r2dbcs:sqlite:file:///app.db | Option ssl (r2dbcs:) is refused",
                "r2dbc:sqlite:file:/// | No database is named. Write r2dbc:sqlite:file:///app.db for a file",
                "r2dbc:sqlite:/// | No database is named.",
                "r2dbc:sqlite:file:///a%00b.db | Database path \"a\\u0000b.db\" is refused: it contains NUL",
                "r2dbc:sqlite:file:///a.db%3Fquery_only=1 | ? and # are not allowed in it",
                "r2dbc:sqlite:file:///a%23b.db | ? and # are not allowed in it",
                "r2dbc:sqlite:///:memory: | for an in-memory database write r2dbc:sqlite:mem:///",
                "r2dbc:sqlite:file:///:resource:http://x/a.db | a leading colon is not allowed",
                "r2dbc:sqlite:file:///file:app.db | did you mean r2dbc:sqlite:file:///app.db?",
                "r2dbc:sqlite:file:///FILE:app.db%3Fmode=memory | ? and # are not allowed in it",
                "r2dbc:sqlite:file:///data/ | ends with a slash and so names a directory",
                "r2dbc:sqlite:disk:///app.db | Option protocol: \"disk\" is not permitted; permitted: file, mem,"
                        + " memory",
                "r2dbc:sqlite:file://u:secret@/app.db | Option password is refused",
                "r2dbc:h2:mem:///x | Option driver: \"h2\" is not permitted; permitted: sqlite",
            })
    void url_thatCannotBeMeant_isRejected(String url, String text) {
        assertThatThrownBy(() -> parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://localhost/app | permitted: r2dbc:sqlite:file:///app.db",
                "mysql://u:secret@localhost/app | permitted: r2dbc:sqlite:file:///app.db",
                "sqlite:///app.db | permitted: r2dbc:sqlite:file:///app.db",
                "file:app.db | permitted: r2dbc:sqlite:file:///app.db",
                "jdbc:sqlite:file:app.db | did you mean r2dbc:sqlite:file:///app.db?",
                "jdbc:sqlite:file:///data/app.db | did you mean r2dbc:sqlite:file:////data/app.db?",
                "jdbc:sqlite::resource:app.db | a leading colon is not allowed",
                "r2dbc:sqlite:file:app.db | did you mean r2dbc:sqlite:file:///app.db?",
                "r2dbc:sqlite:file:///app.db#x | everything after # would be dropped; write %23",
                "r2dbc:pool:sqlite:file:///app.db | Option driver: \"pool\" is not permitted; permitted: sqlite",
                "a.db?mode=ro | options belong in the query of an r2dbc: URL",
                "'' | No database is named.",
                "jdbc:sqlite:app.db?loadExtension=true | Option loadExtension is refused",
                "jdbc:sqlite:app.db?enable_load_extension=true | Option enable_load_extension is refused",
                "jdbc:sqlite:app.db?password=secret | Option password is refused",
            })
    void fromUrl_otherKind_isRejected(String url, String text) {
        assertThatThrownBy(() -> SqliteConnectionConfiguration.fromUrl(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r2dbc:sqlite:file:///app.db", "r2dbc:sqlite:///app.db", "r2dbc:sqlite:mem:///?mode=rw"})
    void connectionFactories_url_findsTheDriver(String url) {
        ConnectionFactory factory = ConnectionFactories.get(url);
        assertThat(factory).isInstanceOf(SqliteConnectionFactory.class);
        assertThat(factory.getMetadata().getName()).isEqualTo("SQLite");
    }

    @Test
    void factory_fromUrl_takesTheLenientForms() {
        assertThat(SqliteConnectionFactory.fromUrl(":memory:").getMetadata().getName())
                .isEqualTo("SQLite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "r2dbc:pool:sqlite:file:///app.db?maxSize=5&journalMode=wal",
                "r2dbc:proxy:sqlite:file:///app.db?lockWaitTimeout=PT1S",
                "r2dbc:pool:proxy:sqlite:file:///app.db?initialSize=0"
            })
    void connectionFactories_poolAndProxyUrl_wrapTheDriver(String url) {
        assertThat(ConnectionFactories.get(url).getMetadata().getName()).isEqualTo("SQLite");
    }

    @Test
    void connectionFactories_badOptionBehindPool_isRejected() {
        assertThatThrownBy(() -> ConnectionFactories.get("r2dbc:pool:sqlite:file:///app.db?journalMode=none"))
                .hasMessageContaining("Option journalMode: \"none\" is not permitted; permitted: WAL, DELETE");
    }

    @Test
    void provider_otherDriver_isNotSupported() {
        SqliteConnectionFactoryProvider provider = new SqliteConnectionFactoryProvider();
        assertThat(provider.getDriver()).isEqualTo("sqlite");
        assertThat(provider.supports(ConnectionFactoryOptions.parse("r2dbc:sqlite:mem:///")))
                .isTrue();
        assertThat(provider.supports(ConnectionFactoryOptions.parse("r2dbc:h2:mem:///x")))
                .isFalse();
        assertThat(provider.supports(ConnectionFactoryOptions.builder().build()))
                .isFalse();
    }

    private static SqliteConnectionConfiguration parse(String url) {
        return SqliteConnectionConfiguration.from(ConnectionFactoryOptions.parse(url));
    }
}
