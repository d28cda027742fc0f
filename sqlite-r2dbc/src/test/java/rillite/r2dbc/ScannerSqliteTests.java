package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.core.testing.Seeded;

/** The scanner against SQLite itself: what it accepts, how it numbers parameters, what it writes. */
final class ScannerSqliteTests {
    private static final List<String> CORPUS = SqlFragments.STATEMENTS;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        for (String sql : SqlFragments.SCHEMA) {
            execute(sql);
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @ParameterizedTest
    @FieldSource("CORPUS")
    void corpus_alone_isOneStatementSqliteAccepts(String sql) {
        List<ParsedStatement> statements = SqlScanner.scan(sql + ";").statements();
        assertThat(statements).hasSize(1);
        assertThat(refusal(sql)).isEmpty();
        assertThat(refusal(statements.get(0).sql())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("CORPUS")
    void corpus_kind_agreesWithTheProgramSqliteCompiles(String sql) throws SQLException {
        StatementKind kind = SqlScanner.scan(sql).statements().get(0).kind();
        boolean writes = writes(sql.replaceFirst("(?i)^EXPLAIN (QUERY PLAN )?", ""));
        switch (kind) {
            case DML, DDL, PRAGMA_WRITE -> assertThat(writes).isTrue();
            case PRAGMA_READ -> assertThat(writes).isFalse();
            case SELECT -> assertThat(writes && !sql.startsWith("EXPLAIN")).isFalse();
            default -> assertThat(kind).isNotEqualTo(StatementKind.SELECT);
        }
    }

    @Test
    void split_joinedCorpus_givesStatementsSqliteAccepts() {
        Seeded.property("joined corpus compiles").runs(300).size(8).check(draw -> {
            StringBuilder joined = new StringBuilder();
            List<String> chosen = draw.list(1, () -> draw.pick(CORPUS));
            for (String statement : chosen) {
                joined.append(statement).append(statement.contains("-- end") ? "\n" : "");
                joined.append(SqlFragments.separator(draw));
            }
            List<ParsedStatement> statements =
                    SqlScanner.scan(draw.note("sql", joined.toString())).statements();
            assertThat(statements).hasSameSizeAs(chosen);
            for (ParsedStatement statement : statements) {
                assertThat(refusal(statement.sql())).as(statement.sql()).isEmpty();
            }
        });
    }

    @Test
    void split_piecesOfSql_firstStatementIsTheOneSqliteCompiles() {
        Seeded.property("first statement").runs(4000).size(14).check(draw -> {
            String sql = draw.note("sql", draw.oneIn(2) ? SqlFragments.soup(draw) : SqlFragments.query(draw));
            List<ParsedStatement> statements = SqlScanner.scan(sql).statements();
            if (statements.isEmpty()) {
                return;
            }
            ParsedStatement first = statements.get(0);
            assertThat(refusal(first.sql()).isEmpty()).isEqualTo(refusal(sql).isEmpty());
            if (refusal(sql).isEmpty()) {
                assertThat(first.parameterCount()).isEqualTo(count(sql));
                assertThat(refusal(first.withReturning()).isEmpty()).isTrue();
            }
        });
    }

    @Test
    void numbering_oneStatement_isSqlitesOwn() {
        Seeded.property("numbering").runs(1000).size(12).check(draw -> {
            List<String> markers = draw.list(1, () -> SqlFragments.marker(draw, false));
            String sql = draw.note("sql", "SELECT " + String.join(", ", markers));
            List<Integer> numbers = numbersOf(sql);
            ParsedSql parsed = SqlScanner.scan(sql);
            assertThat(parsed.parameterCount()).isEqualTo(count(sql));
            Set<Integer> used = new HashSet<>(numbers);
            for (int i = 0; i < parsed.parameterCount(); i++) {
                assertThat(parsed.required(i)).isEqualTo(used.contains(i + 1));
            }
            for (int i = 0; i < markers.size(); i++) {
                String marker = markers.get(i);
                String name = marker.equals("?") ? "?" + numbers.get(i) : marker;
                assertThat(parsed.indexOf(name)).as(name).isEqualTo(numbers.get(i) - 1);
            }
        });
    }

    @Test
    void numbering_severalStatements_isThatOfOneStatement() {
        Seeded.property("shared numbering").runs(1000).size(10).check(draw -> {
            List<List<String>> rows = draw.list(1, () -> draw.list(1, () -> SqlFragments.marker(draw, true)));
            List<String> all = rows.stream().flatMap(List::stream).toList();
            String joined = "SELECT " + String.join(", ", all);
            List<Integer> expected = numbersOf(joined.replaceAll("\\$(?=\\d)", "?"));
            String sql = draw.note(
                    "sql",
                    String.join(
                            "; ",
                            rows.stream()
                                    .map(row -> "SELECT " + String.join(", ", row))
                                    .toList()));
            List<Integer> actual = new ArrayList<>();
            for (ParsedStatement statement : SqlScanner.scan(sql).statements()) {
                int[] values = statement.parameters();
                for (int i = 0; i < values.length; i++) {
                    values[i]++;
                }
                assertThat(values).hasSize(count(statement.sql()));
                actual.addAll(row(statement.sql(), values));
            }
            assertThat(actual).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO u(v) VALUES (1)",
                "INSERT INTO u(v) VALUES (1) -- comment",
                "INSERT INTO u(v) VALUES (1) /* open",
                "INSERT INTO u(v) SELECT 1 WHERE true ON CONFLICT DO NOTHING",
                "INSERT INTO u DEFAULT VALUES",
                "REPLACE INTO u VALUES (1, 2); -- end",
                "WITH x AS (SELECT 1) INSERT INTO u(v) SELECT * FROM x",
                "UPDATE u SET v = 2 WHERE id = 9",
                "DELETE FROM u WHERE v IN (SELECT 1)"
            })
    void withReturning_everyChange_compilesAndReturnsTheColumns(String sql) throws SQLException {
        ParsedStatement statement = SqlScanner.scan(sql).statements().get(0);
        try (PreparedStatement prepared = connection.prepareStatement(statement.withReturning("\"id\"", "v"))) {
            assertThat(prepared.getMetaData().getColumnName(1)).isEqualTo("id");
            assertThat(prepared.getMetaData().getColumnCount()).isEqualTo(2);
        }
    }

    @Test
    void withReturning_unknownColumn_isAnErrorAndNotAString() {
        ParsedStatement statement =
                SqlScanner.scan("INSERT INTO u(v) VALUES (1)").statements().get(0);
        assertThat(refusal(statement.withReturning("\"nope\""))).contains("no such column: nope");
    }

    @ParameterizedTest
    @CsvSource({
        "BEGIN, true",
        "BEGIN TRANSACTION x, true",
        "BEGIN DEFERRED, true",
        "BEGIN IMMEDIATE TRANSACTION 'x', true",
        "BEGIN EXCLUSIVE x, false",
        "BEGIN x, false",
        "COMMIT, true",
        "COMMIT WORK, false",
        "END TRANSACTION \"x\", true",
        "ROLLBACK, true",
        "ROLLBACK TRANSACTION, true",
        "ROLLBACK TO x, true",
        "ROLLBACK TRANSACTION TO x, true",
        "ROLLBACK TRANSACTION x TO SAVEPOINT x, true",
        "ROLLBACK TO, false",
        "ROLLBACK x, false",
        "SAVEPOINT [x], true",
        "SAVEPOINT x y, false",
        "SAVEPOINT savepoint, true",
        "RELEASE x, true",
        "RELEASE SAVEPOINT savepoint, true",
        "RELEASE SAVEPOINT, false",
        "SET TRANSACTION READ ONLY, false"
    })
    void transactionControl_isRecognisedWhereSqliteAcceptsIt(String sql, boolean accepted) {
        assertThat(refusal(sql).isEmpty()).isEqualTo(accepted);
        if (accepted) {
            assertThat(SqlScanner.scan(sql).statements().get(0).kind()).isNotEqualTo(StatementKind.SELECT);
        }
    }

    @Test
    void explainPragma_changesTheConnection_soItIsNotARead() throws SQLException {
        execute("PRAGMA foreign_keys = 1");
        execute("EXPLAIN PRAGMA foreign_keys = 0");
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA foreign_keys")) {
            assertThat(result.getInt(1)).isZero();
        }
        assertThat(SqlScanner.scan("EXPLAIN PRAGMA foreign_keys = 0")
                        .statements()
                        .get(0)
                        .kind())
                .isEqualTo(StatementKind.SESSION);
    }

    @Test
    void everyPragmaOfSqlite_hasAKindWithAndWithoutValue() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT name FROM pragma_pragma_list")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        assertThat(names).hasSizeGreaterThan(50);
        for (String name : names) {
            assertThat(SqlScanner.scan("PRAGMA " + name).statements().get(0).kind())
                    .isIn(StatementKind.PRAGMA_READ, StatementKind.BARRIER, StatementKind.SERVICE);
            StatementKind valued = SqlScanner.scan("PRAGMA " + name + "(1)")
                    .statements()
                    .get(0)
                    .kind();
            if (valued == StatementKind.PRAGMA_READ) {
                assertThat(writes("PRAGMA " + name + "(t)")).as(name).isFalse();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Empty when SQLite compiles the text, else its message. */
    private String refusal(String sql) {
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            assertThat(prepared).isNotNull();
            return "";
        } catch (SQLException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private int count(String sql) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            return prepared.getParameterMetaData().getParameterCount();
        }
    }

    /** The number SQLite gave the parameter of each column. */
    private List<Integer> numbersOf(String sql) throws SQLException {
        int[] values = new int[count(sql)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return row(sql, values);
    }

    private List<Integer> row(String sql, int[] values) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setInt(i + 1, values[i]);
            }
            List<Integer> row = new ArrayList<>();
            try (ResultSet result = prepared.executeQuery()) {
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getInt(column));
                }
            }
            return row;
        }
    }

    private boolean writes(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet program = statement.executeQuery("EXPLAIN " + sql)) {
            while (program.next()) {
                if (program.getString("opcode").equals("Transaction") && program.getInt("p2") != 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
