package rillite.r2dbc;

import java.util.List;
import rillite.core.testing.Draw;

/** Random SQL for the scanner's tests. */
final class SqlFragments {
    /** Whole statements SQLite accepts on {@link #SCHEMA}; none reads a parameter by number. */
    static final List<String> STATEMENTS = List.of(
            "SELECT 1",
            "select a, \"b\", [c;d] from t where a = ';' or b in ('x''y', \"b\")",
            "SELECT x'00ff', .5, 1e-3, 0x1F, 1_000, 'it''s; -- no' AS `a``b;`",
            "SELECT CASE WHEN a THEN CASE b WHEN 1 THEN 2 END ELSE 3 END FROM t -- end; END;",
            "VALUES (1, ';'), (2, '/*')",
            "SELECT a -> '$.x', a ->> 'y' FROM t",
            "SELECT count(*) FILTER (WHERE a > 1) OVER (PARTITION BY b) FROM t /* ; */",
            "WITH x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x LIMIT 3) SELECT * FROM x",
            "WITH replace AS MATERIALIZED (SELECT ')' AS c) SELECT * FROM replace",
            "WITH \"delete\" AS (VALUES (1)), y AS NOT MATERIALIZED (SELECT 2) VALUES (3)",
            "EXPLAIN QUERY PLAN DELETE FROM t",
            "EXPLAIN INSERT INTO t(a) VALUES (1)",
            "INSERT INTO t(a, b) VALUES ('a;b', \"b;\"\"c\")",
            "INSERT OR FAIL INTO t(a) SELECT a FROM t",
            "INSERT INTO u(id, v) VALUES (1, 2) ON CONFLICT (id) DO UPDATE SET v = excluded.v",
            "INSERT INTO t DEFAULT VALUES RETURNING *",
            "UPDATE t SET a = (SELECT ';') WHERE b IS NOT 'x'",
            "UPDATE OR ROLLBACK t SET a = 1 RETURNING a, b",
            "DELETE FROM t WHERE a LIKE '%;%' ESCAPE '\\'",
            "REPLACE INTO u VALUES (1, 2)",
            "WITH x AS (SELECT 1) INSERT INTO t(a) SELECT * FROM x",
            "WITH replace AS (SELECT 1) REPLACE INTO u SELECT 5, 6 FROM replace",
            "WITH recursive_ AS (SELECT 1) UPDATE t SET a = 1",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION SELECT i + 1 FROM n WHERE i < 3) DELETE FROM t WHERE a IN n",
            "CREATE TABLE w(a TEXT DEFAULT ';', \"b;\" INT CHECK (\"b;\" > 0), c TEXT AS (a || ';')) STRICT",
            "CREATE UNIQUE INDEX IF NOT EXISTS i ON t(a, b COLLATE NOCASE) WHERE a IS NOT NULL",
            "CREATE VIEW IF NOT EXISTS v AS SELECT a AS \"x;y\" FROM t",
            "CREATE TRIGGER g AFTER INSERT ON t BEGIN INSERT INTO u(v) VALUES (CASE WHEN 1 THEN ';' END); END",
            "CREATE TRIGGER IF NOT EXISTS h INSTEAD OF UPDATE OF a ON tv WHEN new.a = ';' BEGIN\r\n"
                    + " SELECT 1; -- END;\r\n DELETE FROM t WHERE a = \"a\"; /* END; */\r\n"
                    + " SELECT RAISE(ABORT, 'no; END;');\r\nEND",
            "CREATE TEMP TRIGGER k BEFORE DELETE ON t FOR EACH ROW BEGIN SELECT CASE old.a WHEN 1 THEN 2 END; END",
            "EXPLAIN CREATE TRIGGER m AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END",
            "CREATE VIRTUAL TABLE f USING fts5(a, b, tokenize = 'porter')",
            "CREATE TEMP TABLE tt(a)",
            "DROP TABLE IF EXISTS temp.tt",
            "DROP VIEW IF EXISTS tv",
            "ALTER TABLE t RENAME COLUMN a TO \"a;b\"",
            "PRAGMA table_info(t)",
            "PRAGMA main.user_version = 3",
            "PRAGMA cache_size = -2000",
            "PRAGMA defer_foreign_keys = ON",
            "PRAGMA journal_mode",
            "PRAGMA optimize",
            "ANALYZE",
            "REINDEX t",
            "VACUUM",
            "BEGIN IMMEDIATE TRANSACTION x",
            "COMMIT",
            "END TRANSACTION",
            "ROLLBACK TRANSACTION x TO SAVEPOINT \"a;b\"",
            "SAVEPOINT 'a b'",
            "RELEASE [a;b]",
            "ATTACH ':memory:' AS aux",
            "DETACH aux");

    static final List<String> SCHEMA = List.of(
            "CREATE TABLE t(a, b, \"c;d\")",
            "CREATE TABLE u(id INTEGER PRIMARY KEY, v)",
            "CREATE VIEW tv AS SELECT a FROM t");

    private static final List<String> SEPARATORS = List.of(
            ";", " ; ", ";\n", "\r\n;\r\n", ";;", "; -- next; one\n", ";/* ; */", " ; /* x */ ; \uFEFF ", "\n;\t");

    private static final List<String> PIECES = List.of(
            "SELECT",
            "select",
            "1",
            "a",
            "t",
            "FROM t",
            ",",
            "(",
            ")",
            "'x'",
            "'a;b'",
            "\"a\"",
            "[a]",
            "`a`",
            "?",
            "?1",
            "?3",
            ":a",
            "@a",
            "$a",
            "#a",
            "$a::b(c)",
            ":b",
            ";",
            "--",
            "/*",
            "*/",
            "\n",
            "\r\n",
            "'",
            "\"",
            "[",
            "]",
            "`",
            "x'ab'",
            "1.5e3",
            "1:a",
            "a::b",
            "->>",
            "AS",
            "b",
            "WHERE a =",
            "+",
            "-",
            "/",
            "*",
            "\uFEFF",
            "\u000b",
            "\u00e9",
            "BEGIN",
            "END",
            "CASE WHEN 1 THEN 2 END",
            "CREATE TRIGGER x AFTER INSERT ON t BEGIN",
            "SELECT 1;",
            "; END",
            "DELETE FROM t",
            "INSERT INTO t(a) VALUES (",
            "WITH w AS (SELECT 1)",
            "EXPLAIN",
            "RETURNING a",
            "UNION",
            ".",
            "CREATE VIRTUAL TABLE z USING fts5(a, ?)",
            "COMMIT",
            "SAVEPOINT",
            "1$a",
            "?1a",
            "a$1",
            "\ud83d\ude00",
            "#",
            "@");

    private static final List<String> TERMS = List.of(
            "?",
            "?2",
            "?5",
            ":a",
            "@a",
            "$a",
            "#a",
            "$a::b",
            ":a(x)",
            "@b::c(?)",
            "$c(;)",
            "?1x",
            "?-?",
            "a<:b",
            "a->?",
            "a->>:c",
            "a=$d",
            "-@e",
            "(:f)",
            "a$1",
            "a",
            "\"b?\"",
            "[c;d]",
            "`a`",
            "'?'",
            "';'",
            "''''",
            "x'3f'",
            "X''",
            "1.5",
            ".5",
            "1e+5",
            "0x1e",
            "1_0",
            "1",
            "CASE a WHEN ? THEN ';' END",
            "CASE WHEN a THEN b END",
            "(SELECT ? FROM u)",
            "a||?",
            "a/ ?",
            "a IN (?,?)",
            "t.a",
            "\"a\"\"?\"",
            "a AS [?;]",
            "a AS 'x;'",
            "a /* ? */ AS \u00e9",
            "count(*)",
            "a*?",
            "a-(-?)",
            "max(a, :a) AS \ud83d\ude00");

    private static final List<String> GAPS = List.of(
            " ",
            " ",
            " ",
            " ",
            "\n",
            "\r\n",
            " \u000b",
            " /**/ ",
            " /* ?; */ ",
            " -- :a;\n",
            "/*/ ' */",
            " \uFEFF ",
            "--\n");

    private SqlFragments() {}

    static String separator(Draw draw) {
        return draw.pick(SEPARATORS);
    }

    /** Text made of pieces of SQL, seldom valid. */
    static String soup(Draw draw) {
        StringBuilder sql = new StringBuilder(draw.oneIn(3) ? "" : "SELECT ");
        for (String piece : draw.list(() -> draw.pick(PIECES))) {
            sql.append(piece).append(draw.pick(" ", " ", " ", "", "\t"));
        }
        return sql.toString();
    }

    /** A query that SQLite compiles unless a gap hides part of it. */
    static String query(Draw draw) {
        StringBuilder sql = new StringBuilder(draw.pick("SELECT", "/* ; */ select", "EXPLAIN\nSELECT", "\uFEFFSELECT"));
        String comma = "";
        for (String term : draw.list(1, () -> draw.pick(TERMS))) {
            sql.append(comma).append(draw.pick(GAPS)).append(term).append(draw.pick(GAPS));
            comma = ",";
        }
        String end = draw.pick("FROM t", "FROM t WHERE a=?", "from t limit :a", "FROM t; SELECT ?", "FROM t;;");
        return sql.append(end).toString();
    }

    /** A bind marker; {@code dollars} allows {@code $1}. */
    static String marker(Draw draw, boolean dollars) {
        String marker =
                draw.pick("?", "?", "?1", "?2", "?4", "?07", ":a", ":b", "@a", "$a", "#a", "$a::x(1)", ":a1", "$3");
        return marker.equals("$3") && !dollars ? "?3" : marker;
    }
}
