package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

final class SqliteConnectionConfigurationTests {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @Test
    void build_fileOnly_hasTheDocumentedDefaults() {
        SqliteConnectionConfiguration configuration = file().build();
        assertThat(configuration.mode()).isEqualTo(OpenMode.RWC);
        assertThat(configuration.immutable()).isFalse();
        assertThat(configuration.journalMode()).isEqualTo(JournalMode.WAL);
        assertThat(configuration.synchronous()).isEqualTo(Synchronous.FULL);
        assertThat(configuration.foreignKeys()).isTrue();
        assertThat(configuration.trustedSchema()).isFalse();
        assertThat(configuration.cellSizeCheck()).isTrue();
        assertThat(configuration.transactionMode()).isEqualTo(SqliteTransactionMode.IMMEDIATE);
        assertThat(configuration.groupCommit()).isTrue();
        assertThat(configuration.groupCommitMaxStatements()).isEqualTo(128);
        assertThat(configuration.readerThreads()).isEqualTo(Math.min(8, CORES));
        assertThat(configuration.maxReaderConnections()).isEqualTo(64);
        assertThat(configuration.maxOpenCursors()).isEqualTo(64 - Math.min(8, CORES));
        assertThat(configuration.readerQueueLimit()).isEqualTo(65_536);
        assertThat(configuration.writerQueueLimit()).isEqualTo(8192);
        assertThat(configuration.writerQueueBytes()).isEqualTo(64L << 20);
        assertThat(configuration.lockWaitTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.statementTimeout()).isZero();
        assertThat(configuration.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.transactionIdleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.cursorIdleTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.maxSnapshotAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(configuration.maxMaterializeBytes()).isEqualTo(4L << 20);
        assertThat(configuration.walSoftLimit()).isEqualTo(64L << 20);
        assertThat(configuration.chunkRows()).isEqualTo(1024);
        assertThat(configuration.chunkBytes()).isEqualTo(256 << 10);
        assertThat(configuration.statementCacheSize()).isEqualTo(256);
        assertThat(configuration.cacheSize()).isEqualTo(-2000);
        assertThat(configuration.mmapSize()).isZero();
        assertThat(configuration.tempStore()).isEqualTo(TempStore.DEFAULT);
        assertThat(configuration.pragmas()).isEmpty();
        assertThat(configuration.integerType()).isEqualTo(IntegerType.NARROW);
        assertThat(configuration.temporalStorage()).isEqualTo(TemporalStorage.TEXT);
        assertThat(configuration.booleanStorage()).isEqualTo(BooleanStorage.INTEGER);
        assertThat(configuration.uuidStorage()).isEqualTo(UuidStorage.TEXT);
        assertThat(configuration.session()).isEqualTo(SessionKind.SHARED);
        assertThat(configuration.checkpoints()).isEqualTo(CheckpointOwner.ENGINE);
        assertThat(configuration.emitOn()).isNull();
        assertThat(configuration).hasToString("SqliteConnectionConfiguration{file app.db}");
    }

    @Test
    void build_memory_hasOneConnectionAndNoReaders() {
        SqliteConnectionConfiguration configuration = SqliteConnectionConfiguration.builder()
                .memory("orders")
                .readerThreads(4)
                .build();
        assertThat(configuration.journalMode()).isEqualTo(JournalMode.MEMORY);
        assertThat(configuration.readerThreads()).isZero();
        assertThat(configuration.maxReaderConnections()).isZero();
        assertThat(configuration.maxOpenCursors()).isZero();
        assertThat(configuration).hasToString("SqliteConnectionConfiguration{memory orders, readerThreads=4}");
    }

    @Test
    void build_otherJournalThanWal_hasNoReaders() {
        SqliteConnectionConfiguration configuration =
                file().journalMode(JournalMode.DELETE).build();
        assertThat(configuration.readerThreads()).isZero();
        assertThat(configuration.maxReaderConnections()).isZero();
    }

    @Test
    void build_readOnly_keepsReadersWhateverTheJournal() {
        SqliteConnectionConfiguration configuration = file().mode(OpenMode.RO)
                .journalMode(JournalMode.DELETE)
                .readerThreads(0)
                .build();
        assertThat(configuration.readerThreads()).isEqualTo(1);
        assertThat(configuration.maxReaderConnections()).isEqualTo(64);
        assertThat(configuration.maxOpenCursors()).isEqualTo(63);
    }

    @Test
    void build_immutable_impliesReadOnly() {
        assertThat(file().immutable(true).build().mode()).isEqualTo(OpenMode.RO);
        assertThat(file().immutable(true).mode(OpenMode.RO).build().mode()).isEqualTo(OpenMode.RO);
        assertRefused(
                file().immutable(true).mode(OpenMode.RWC),
                "Option mode: \"RWC\" is not permitted with immutable=true; permitted: RO");
    }

    @Test
    void build_smallConnectionLimit_capsTheDefaultReaders() {
        SqliteConnectionConfiguration configuration =
                file().maxReaderConnections(1).build();
        assertThat(configuration.readerThreads()).isEqualTo(1);
        assertThat(configuration.maxOpenCursors()).isZero();
        assertRefused(
                file().maxReaderConnections(1).readerThreads(2),
                "Option readerThreads: \"2\" is not permitted with maxReaderConnections=1; permitted: at most that");
        assertRefused(
                file().maxReaderConnections(2).maxOpenCursors(3),
                "Option maxOpenCursors: \"3\" is not permitted with maxReaderConnections=2; permitted: at most that");
    }

    @Test
    void build_whatMemoryCannotDo_isRefused() {
        assertRefused(memory().mode(OpenMode.RO), "Option mode: \"RO\" is not permitted for an in-memory database");
        assertRefused(
                memory().immutable(true), "Option immutable: \"true\" is not permitted for an in-memory database");
        assertRefused(
                memory().journalMode(JournalMode.WAL),
                "Option journalMode: \"WAL\" is not permitted for an in-memory database; permitted: MEMORY");
        assertRefused(
                memory().session(SessionKind.DEDICATED),
                "Option session: \"DEDICATED\" is not permitted for an in-memory database, which has one physical"
                        + " connection; permitted: SHARED");
    }

    @Test
    void build_withoutLocation_isRefused() {
        assertRefused(SqliteConnectionConfiguration.builder(), "No database is named; call file(path) or memory()");
    }

    @Test
    void setter_outOfBounds_isRefusedAtOnce() {
        assertThatThrownBy(() -> file().chunkRows(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Option chunkRows: \"0\" is not permitted; permitted: an integer from 1 to 1000000");
        assertThatThrownBy(() -> file().lockWaitTimeout(Duration.ofSeconds(-1)))
                .hasMessageContaining("Option lockWaitTimeout: \"PT-1S\" is not permitted");
        assertThatThrownBy(() -> file().file(Path.of("a#b"))).hasMessageContaining("Database path \"a#b\" is refused");
        assertThatThrownBy(() -> SqliteConnectionConfiguration.builder().memory(" "))
                .hasMessage("The name of an in-memory database must not be blank");
    }

    @Test
    void toBuilder_otherLocation_derivesAnew() {
        SqliteConnectionConfiguration file = SqliteConnectionConfiguration.builder()
                .memory()
                .synchronous(Synchronous.OFF)
                .pragma("threads", "2")
                .emitOn(Schedulers.parallel())
                .build()
                .toBuilder()
                .file(Path.of("b.db"))
                .build();
        assertThat(file.journalMode()).isEqualTo(JournalMode.WAL);
        assertThat(file.readerThreads()).isPositive();
        assertThat(file.synchronous()).isEqualTo(Synchronous.OFF);
        assertThat(file.pragmas()).containsEntry("threads", "2");
        assertThat(file.emitOn()).isSameAs(Schedulers.parallel());
    }

    @Test
    void builder_reused_doesNotChangeWhatItMade() {
        SqliteConnectionConfiguration.Builder builder = file().pragma("threads", "1");
        SqliteConnectionConfiguration first = builder.build();
        builder.pragma("threads", "2").synchronous(Synchronous.OFF);
        assertThat(first.pragmas()).containsEntry("threads", "1");
        assertThat(first.synchronous()).isEqualTo(Synchronous.FULL);
        assertThatThrownBy(() -> first.pragmas().put("threads", "3")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void equals_valueSpelledOutOrLeftAtItsDefault_isTheSame() {
        SqliteConnectionConfiguration spelledOut =
                file().synchronous(Synchronous.FULL).build();
        assertThat(spelledOut).isEqualTo(file().build()).hasSameHashCodeAs(file().build());
        assertThat(spelledOut).isNotEqualTo(file().memory().build());
        assertThat(spelledOut).isNotEqualTo(file().pragma("threads", "2").build());
    }

    @Test
    void differences_engineLevelOptions_areNamedWithBothValues() {
        SqliteConnectionConfiguration left = file().synchronous(Synchronous.NORMAL)
                .statementCacheSize(16)
                .pragma("threads", "2")
                .build();
        SqliteConnectionConfiguration right = file().pragma("cache_spill", "0").build();
        assertThat(left.differences(right))
                .containsExactly(
                        "synchronous=NORMAL (other: FULL)",
                        "statementCacheSize=16 (other: 256)",
                        "pragma.cache_spill=unset (other: 0)",
                        "pragma.threads=2 (other: unset)");
        assertThat(left.differences(left)).isEmpty();
    }

    @Test
    void differences_connectionLevelOptions_areNotNamed() {
        SqliteConnectionConfiguration other = file().file(Path.of("link-to-app.db"))
                .lockWaitTimeout(Duration.ZERO)
                .statementTimeout(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofSeconds(1))
                .transactionMode(SqliteTransactionMode.EXCLUSIVE)
                .session(SessionKind.DEDICATED)
                .integerType(IntegerType.LONG)
                .temporalStorage(TemporalStorage.EPOCH_MILLIS)
                .booleanStorage(BooleanStorage.TEXT)
                .uuidStorage(UuidStorage.BLOB)
                .emitOn(Schedulers.parallel())
                .build();
        assertThat(file().build().differences(other)).isEmpty();
    }

    private static SqliteConnectionConfiguration.Builder file() {
        return SqliteConnectionConfiguration.builder().file(Path.of("app.db"));
    }

    private static SqliteConnectionConfiguration.Builder memory() {
        return SqliteConnectionConfiguration.builder().memory();
    }

    private static void assertRefused(SqliteConnectionConfiguration.Builder builder, String text) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text);
    }
}
