package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the codecs write, stored in real files. Replay a failure with {@code -Drillite.seed=<seed>}. */
final class CodecDatabaseTests {
    private static final long SEED = Long.getLong("rillite.seed", System.nanoTime());
    private static final int ROUNDS = 50;
    private static final Codecs CODECS = new Codecs(CodecOptions.DEFAULTS);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
    void value_throughAFile_comesBackEqual(String encoding) throws SQLException {
        RandomValues values = new RandomValues(SEED);
        try (Connection connection = open(encoding)) {
            connection.createStatement().execute("CREATE TABLE t(v)");
            for (int round = 0; round < ROUNDS; round++) {
                for (int kind = 0; kind < values.kinds(); kind++) {
                    Object value = values.next(kind);
                    Object back = throughTable(connection, value);
                    assertThat(back).as("seed %d", SEED).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void text_ofDatesAndTimes_isWhatSqliteWritesItself() throws SQLException {
        try (Connection connection = open("UTF-8")) {
            assertThat(one(connection, "SELECT datetime('2021-06-05T07:08:09Z')"))
                    .isEqualTo(CODECS.encode(LocalDateTime.of(2021, 6, 5, 7, 8, 9)));
            assertThat(one(connection, "SELECT date('2021-06-05T07:08:09Z')"))
                    .isEqualTo(CODECS.encode(LocalDate.of(2021, 6, 5)));
            assertThat(one(connection, "SELECT time('2021-06-05T07:08:09Z')"))
                    .isEqualTo(CODECS.encode(LocalTime.of(7, 8, 9)));
            assertThat(one(connection, "SELECT strftime('%Y-%m-%dT%H:%M:%fZ', '2021-06-05T07:08:09.012')"))
                    .isEqualTo(CODECS.encode(Instant.parse("2021-06-05T07:08:09.012Z")));
            assertThat(one(connection, "SELECT datetime(?)", OffsetDateTime.parse("2021-06-05T07:08:09+02:00")))
                    .isEqualTo("2021-06-05 05:08:09");
            assertThat(one(connection, "SELECT datetime(?)", LocalDateTime.of(2021, 6, 5, 7, 8, 9, 1_000)))
                    .isEqualTo("2021-06-05 07:08:09");
        }
    }

    @Test
    void decimal_inANumericColumn_isReadAsDecimal() throws SQLException {
        try (Connection connection = open("UTF-8")) {
            connection.createStatement().execute("CREATE TABLE d(v DECIMAL(10,2))");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO d VALUES (?)")) {
                insert.setObject(1, CODECS.encode(new BigDecimal("1.10")));
                insert.execute();
            }
            Object stored = one(connection, "SELECT v FROM d");

            assertThat(stored).isEqualTo(1.1);
            assertThat(CODECS.decode(TestChunks.cell("DECIMAL(10,2)", stored), 0, 0))
                    .isEqualTo(new BigDecimal("1.1"));
        }
    }

    private Connection open(String encoding) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(encoding + ".db"));
        connection.createStatement().execute("PRAGMA encoding = '" + encoding + "'");
        connection.createStatement().execute("PRAGMA synchronous = OFF");
        return connection;
    }

    private static Object throughTable(Connection connection, Object value) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?) RETURNING v")) {
            insert.setObject(1, CODECS.encode(value));
            try (ResultSet rows = insert.executeQuery()) {
                rows.next();
                return CODECS.decode(TestChunks.cell(null, rows.getObject(1)), 0, 0, RandomValues.target(value));
            }
        }
    }

    private static Object one(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, CODECS.encode(values[i]));
            }
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getObject(1);
            }
        }
    }
}
