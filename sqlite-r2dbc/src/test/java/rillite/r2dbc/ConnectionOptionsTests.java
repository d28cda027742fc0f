package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.TransactionDefinition;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

final class ConnectionOptionsTests {
    private static final Duration SECONDS_5 = Duration.ofSeconds(5);

    /** Option, text, typed value, permitted part of a rejection, accessor. */
    static Stream<Arguments> options() {
        return Stream.of(
                row("mode", "rw", OpenMode.RW, "RWC, RW, RO", SqliteConnectionConfiguration::mode),
                row("immutable", "TRUE", true, "true, false", SqliteConnectionConfiguration::immutable),
                row(
                        "journalMode",
                        "truncate",
                        JournalMode.TRUNCATE,
                        "WAL, DELETE, TRUNCATE, PERSIST, MEMORY",
                        SqliteConnectionConfiguration::journalMode),
                row(
                        "synchronous",
                        "Normal",
                        Synchronous.NORMAL,
                        "OFF, NORMAL, FULL, EXTRA",
                        SqliteConnectionConfiguration::synchronous),
                row("foreignKeys", "false", false, "true, false", SqliteConnectionConfiguration::foreignKeys),
                row("trustedSchema", "true", true, "true, false", SqliteConnectionConfiguration::trustedSchema),
                row("cellSizeCheck", "false", false, "true, false", SqliteConnectionConfiguration::cellSizeCheck),
                row(
                        "transactionMode",
                        "exclusive",
                        SqliteTransactionMode.EXCLUSIVE,
                        "IMMEDIATE, EXCLUSIVE",
                        SqliteConnectionConfiguration::transactionMode),
                row("groupCommit", "false", false, "true, false", SqliteConnectionConfiguration::groupCommit),
                row(
                        "groupCommitMaxStatements",
                        "7",
                        7,
                        "an integer from 1 to 100000",
                        SqliteConnectionConfiguration::groupCommitMaxStatements),
                row("readerThreads", "3", 3, "an integer from 0 to 256", SqliteConnectionConfiguration::readerThreads),
                row(
                        "maxReaderConnections",
                        "300",
                        300,
                        "an integer from 1 to 1000",
                        SqliteConnectionConfiguration::maxReaderConnections),
                row(
                        "maxOpenCursors",
                        "9",
                        9,
                        "an integer from 0 to 1000",
                        SqliteConnectionConfiguration::maxOpenCursors),
                row(
                        "readerQueueLimit",
                        "10",
                        10,
                        "an integer from 1 to 10000000",
                        SqliteConnectionConfiguration::readerQueueLimit),
                row(
                        "writerQueueLimit",
                        "11",
                        11,
                        "an integer from 1 to 10000000",
                        SqliteConnectionConfiguration::writerQueueLimit),
                row(
                        "writerQueueBytes",
                        "1048576",
                        1_048_576L,
                        "a number of bytes from 1",
                        SqliteConnectionConfiguration::writerQueueBytes),
                duration("lockWaitTimeout", SqliteConnectionConfiguration::lockWaitTimeout),
                duration("statementTimeout", SqliteConnectionConfiguration::statementTimeout),
                duration("connectTimeout", SqliteConnectionConfiguration::connectTimeout),
                duration("transactionIdleTimeout", SqliteConnectionConfiguration::transactionIdleTimeout),
                duration("cursorIdleTimeout", SqliteConnectionConfiguration::cursorIdleTimeout),
                duration("maxSnapshotAge", SqliteConnectionConfiguration::maxSnapshotAge),
                row(
                        "maxMaterializeBytes",
                        "0",
                        0L,
                        "a number of bytes from 0",
                        SqliteConnectionConfiguration::maxMaterializeBytes),
                row(
                        "walSoftLimit",
                        "9999999999",
                        9_999_999_999L,
                        "a number of bytes from 1",
                        SqliteConnectionConfiguration::walSoftLimit),
                row("chunkRows", "16", 16, "an integer from 1 to 1000000", SqliteConnectionConfiguration::chunkRows),
                row(
                        "chunkBytes",
                        "4096",
                        4096,
                        "an integer from 1 to 1073741824",
                        SqliteConnectionConfiguration::chunkBytes),
                row(
                        "statementCacheSize",
                        "0",
                        0,
                        "an integer from 0 to 100000",
                        SqliteConnectionConfiguration::statementCacheSize),
                row(
                        "cacheSize",
                        "-4000",
                        -4000,
                        "an integer from -2147483647 to 2147483647",
                        SqliteConnectionConfiguration::cacheSize),
                row("mmapSize", "65536", 65_536L, "a number of bytes from 0", SqliteConnectionConfiguration::mmapSize),
                row(
                        "tempStore",
                        "memory",
                        TempStore.MEMORY,
                        "DEFAULT, FILE, MEMORY",
                        SqliteConnectionConfiguration::tempStore),
                row(
                        "integerType",
                        "long",
                        IntegerType.LONG,
                        "NARROW, LONG",
                        SqliteConnectionConfiguration::integerType),
                row(
                        "temporalStorage",
                        "epoch-millis",
                        TemporalStorage.EPOCH_MILLIS,
                        "TEXT, EPOCH_MILLIS, EPOCH_SECONDS",
                        SqliteConnectionConfiguration::temporalStorage),
                row(
                        "booleanStorage",
                        "text",
                        BooleanStorage.TEXT,
                        "INTEGER, TEXT",
                        SqliteConnectionConfiguration::booleanStorage),
                row("uuidStorage", "blob", UuidStorage.BLOB, "TEXT, BLOB", SqliteConnectionConfiguration::uuidStorage),
                row(
                        "session",
                        "dedicated",
                        SessionKind.DEDICATED,
                        "SHARED, DEDICATED",
                        SqliteConnectionConfiguration::session),
                row(
                        "checkpoints",
                        "external",
                        CheckpointOwner.EXTERNAL,
                        "ENGINE, EXTERNAL",
                        SqliteConnectionConfiguration::checkpoints));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void option_asText_isRead(
            String name,
            String text,
            Object typed,
            String permitted,
            Function<SqliteConnectionConfiguration, ?> getter) {
        assertThat(getter.apply(read(name, text))).isEqualTo(typed);
        assertThat(getter.apply(
                        SqliteConnectionConfiguration.fromUrl("r2dbc:sqlite:file:///app.db?" + name + "=" + text)))
                .isEqualTo(typed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void option_typed_isRead(
            String name,
            String text,
            Object typed,
            String permitted,
            Function<SqliteConnectionConfiguration, ?> getter) {
        SqliteConnectionConfiguration configuration = read(name, typed);
        assertThat(getter.apply(configuration)).isEqualTo(typed);
        assertThat(configuration).isEqualTo(read(name, text)).hasSameHashCodeAs(read(name, text));
        assertThat(configuration).isNotEqualTo(read("mode", "rwc"));
        assertThat(configuration.toString()).contains(name + "=" + typed);
        assertThat(configuration.toBuilder().build()).isEqualTo(configuration);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void option_nonsense_isRejectedWithValueOptionAndPermitted(
            String name,
            String text,
            Object typed,
            String permitted,
            Function<SqliteConnectionConfiguration, ?> getter) {
        for (Object nonsense : new Object[] {"nonsense", "", "-1s", new Object[0].getClass()}) {
            assertThatThrownBy(() -> read(name, nonsense))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Option " + name + ": \"" + nonsense + "\" is not permitted; permitted: " + permitted);
        }
    }

    @Test
    void options_table_isComplete() {
        assertThat(options().map(arguments -> arguments.get()[0]))
                .containsExactlyElementsOf(
                        Settings.ALL.stream().map(Setting::name).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "lockWaitTimeout, -PT1S",
        "lockWaitTimeout, P4000D",
        "statementTimeout, 5",
        "statementTimeout, 5s",
        "groupCommitMaxStatements, 0",
        "groupCommitMaxStatements, 1.5",
        "chunkRows, 99999999999",
        "writerQueueBytes, 99999999999999999999",
        "readerThreads, 1e99999999",
        "foreignKeys, 1",
        "journalMode, OFF",
        "transactionMode, DEFERRED",
        "mmapSize, -1",
    })
    void option_outOfBounds_isRejected(String name, String value) {
        assertThatThrownBy(() -> read(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option " + name + ": \"" + value + "\" is not permitted; permitted: ");
    }

    @Test
    void option_longValue_isCutInTheMessage() {
        assertThatThrownBy(() -> read("journalMode", "x\n".repeat(10_000)))
                .message()
                .hasSizeLessThan(1200)
                .contains("x\\u000ax")
                .doesNotContain("\n");
    }

    @Test
    void emitOn_takesASchedulerOnly() {
        assertThat(read("emitOn", Schedulers.parallel()).emitOn()).isSameAs(Schedulers.parallel());
        assertThat(read("mode", "rwc").emitOn()).isNull();
        assertThatThrownBy(() -> read("emitOn", "parallel"))
                .hasMessage("Option emitOn: \"parallel\" is not permitted;"
                        + " permitted: a reactor.core.scheduler.Scheduler, set in code");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password | hunter2 | Option password is refused: this SQLite has no encryption",
                "ssl | true | Option ssl (r2dbcs:) is refused: SQLite opens a file",
                "loadExtension | false | Option loadExtension is refused: loading native code",
                "enable_load_extension | true | Option enable_load_extension is refused: loading native code",
                "ENABLE_LOAD_EXTENSION | true | Option ENABLE_LOAD_EXTENSION is refused",
                "pragma.enable_load_extension | 1 | Option pragma.enable_load_extension is refused",
                "driver | postgresql | Option driver: \"postgresql\" is not permitted; permitted: sqlite",
                "protocol | tcp | Option protocol: \"tcp\" is not permitted",
                "host | db.example.org | did you mean r2dbc:sqlite:file:///db.example.org/app.db?",
            })
    void option_neverPermitted_isRejected(String name, String value, String text) {
        assertThatThrownBy(() -> read(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "cache_spill | OFF | OFF",
                "CACHE_SPILL | 2000 | 2000",
                "secure_delete | fast | FAST",
                "recursive_triggers | on | ON",
                "page_size | 8192 | 8192",
                "encoding | UTF-16le | 'UTF-16le'",
                "threads | 4 | 4",
                "auto_vacuum | incremental | INCREMENTAL",
            })
    void pragma_onTheList_isKept(String name, String value, String kept) {
        assertThat(read("pragma." + name, value).pragmas())
                .containsExactly(Map.entry(name.toLowerCase(Locale.ROOT), kept));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pragma.cache_spill | 1; DROP TABLE x | \"1; DROP TABLE x\" is not permitted; permitted: ON, OFF or a",
                "pragma.page_size | 1000 | \"1000\" is not permitted; permitted: a power of two, 512 to 65536",
                "pragma.encoding | UTF-7 | permitted: UTF-8, UTF-16, UTF-16le, UTF-16be",
                "pragma.journal_mode | OFF | the driver owns this setting; use the option journalMode",
                "pragma.busy_timeout | 1 | use the option lockWaitTimeout",
                "pragma.cache_spil | 1 | did you mean pragma.cache_spill?",
                "pragma.writable_schema | 1 | this PRAGMA cannot be set by an option",
                "pragma.key | hunter2 | this PRAGMA cannot be set by an option",
            })
    void pragma_notPermitted_isRejected(String name, String value, String text) {
        assertThatThrownBy(() -> read(name, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option " + name)
                .hasMessageContaining(text)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void pragma_option_hasTheCanonicalName() {
        assertThat(SqliteConnectionFactoryProvider.pragma("Cache_Spill").name()).isEqualTo("pragma.cache_spill");
        assertThatThrownBy(() -> SqliteConnectionFactoryProvider.pragma("nope"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "journal_mode, journalMode",
        "journalmode, journalMode",
        "jurnalMode, journalMode",
        "foreign_keys, foreignKeys",
        "lock_wait_timeout, lockWaitTimeout",
        "busyTimeout, lockWaitTimeout",
        "busy_timeout, lockWaitTimeout",
        "lockTimeout, lockWaitTimeout",
        "query_timeout, statementTimeout",
        "statement_timeout, statementTimeout",
        "open_mode, mode",
        "readOnly, mode=ro",
        "date_class, temporalStorage",
        "Synchronous, synchronous",
        "databse, database",
    })
    void unknownOption_closeToOurs_isWarnedAbout(String name, String meant) {
        assertThat(OptionsReader.warnings(Map.of(name, "some value")))
                .containsExactly("Unknown option " + name + " is ignored; did you mean " + meant + "?");
        assertThat(read(name, "some value")).isEqualTo(read("mode", "rwc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxSize",
                "initialSize",
                "maxIdleTime",
                "minIdle",
                "validationQuery",
                "poolName",
                "acquireRetry",
                "maxAcquireTime",
                "maxLifeTime",
                "proxyListeners",
                "applicationName",
                "mode",
                "pragma.cache_spill",
            })
    void option_ofOthersOrKnown_isNotWarnedAbout(String name) {
        assertThat(OptionsReader.warnings(Map.of(name, "1"))).isEmpty();
    }

    @Test
    void ignoredStandardOptions_areWarnedAbout() {
        Map<String, Object> entries = new TreeMap<>(
                Map.of("user", "sa", "port", 5432, "ssl", false, "host", "localhost", "database", "app.db"));
        assertThat(OptionsReader.warnings(entries))
                .containsExactly(
                        "Option host is ignored: SQLite has no server",
                        "Option port is ignored: SQLite has no server",
                        "Option ssl is ignored: SQLite has no network connection",
                        "Option user is ignored: SQLite has no users");
        assertThat(OptionsReader.read(entries).location().path()).hasToString("app.db");
    }

    @Test
    void entries_sensitiveOption_isSeenButNeverPrinted() {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DATABASE, "app.db")
                .option(Option.<CharSequence>sensitiveValueOf("rilliteTestSecret"), "hunter2")
                .build();
        assertThat(OptionsReader.entries(options)).containsKeys("database", "rilliteTestSecret");
        assertThat(SqliteConnectionConfiguration.from(options).toString()).doesNotContain("hunter2");
    }

    @Test
    void password_empty_isAccepted() {
        assertThat(read("password", "")).isEqualTo(read("mode", "rwc"));
    }

    @Test
    void transactionMode_isATransactionDefinition() {
        TransactionDefinition definition = SqliteTransactionMode.EXCLUSIVE;
        assertThat(definition.getAttribute(SqliteConnectionFactoryProvider.TRANSACTION_MODE))
                .isEqualTo(SqliteTransactionMode.EXCLUSIVE);
        assertThat(definition.getAttribute(TransactionDefinition.READ_ONLY)).isNull();
    }

    private static <T> Arguments row(
            String name, String text, T typed, String permitted, Function<SqliteConnectionConfiguration, T> getter) {
        return arguments(name, text, typed, permitted, getter);
    }

    private static Arguments duration(String name, Function<SqliteConnectionConfiguration, Duration> getter) {
        return row(name, "PT5S", SECONDS_5, "a Duration or ISO-8601 text such as PT5S, from PT0S to PT87600H", getter);
    }

    private static SqliteConnectionConfiguration read(String name, Object value) {
        return SqliteConnectionConfiguration.from(ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DATABASE, "app.db")
                .option(Option.valueOf(name), value)
                .build());
    }
}
