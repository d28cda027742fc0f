package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rillite.core.testing.Seeded;

final class ScannerPropertyTests {
    @Test
    void split_joinedStatements_givesThemBack() {
        Seeded.property("split(join(x)) = x").runs(2000).size(12).check(draw -> {
            List<String> statements = draw.list(() -> draw.pick(SqlFragments.STATEMENTS));
            StringBuilder joined = new StringBuilder(draw.oneIn(4) ? "\uFEFF" : "");
            for (String statement : statements) {
                joined.append(statement).append(statement.contains("-- end") ? "\n" : "");
                joined.append(SqlFragments.separator(draw));
            }
            String sql = draw.note("sql", joined.toString());
            List<String> expected = new ArrayList<>(statements);
            assertThat(SqlScanner.scan(sql).statements().stream().map(s -> withoutLeadingComment(s.sql())))
                    .isEqualTo(expected);
        });
    }

    @Test
    void scan_anyText_failsOnlyWithIllegalArgument() {
        Seeded.property("any text").runs(3000).size(200).check(draw -> {
            String alphabet = "abENDselct ;;'\"`[]()-/*\n\r\t?$:@#0123.,=\uFEFF\0\ud83d\ude00";
            String sql = draw.note("sql", draw.oneIn(2) ? draw.text(alphabet) : draw.text());
            try {
                consistent(SqlScanner.scan(sql));
            } catch (IllegalArgumentException expected) {
                assertThat(expected).hasMessageMatching("(?s).*(U\\+0000|lone surrogate|250000).*");
            }
        });
    }

    @Test
    void scan_piecesOfSql_isConsistent() {
        Seeded.property("pieces").runs(3000).size(80).check(draw -> {
            ParsedSql parsed = SqlScanner.scan(draw.note("sql", SqlFragments.soup(draw)));
            consistent(parsed);
            for (ParsedStatement statement : parsed.statements()) {
                List<ParsedStatement> again = SqlScanner.scan(statement.sql()).statements();
                assertThat(again).hasSize(1);
                assertThat(again.get(0).kind()).isEqualTo(statement.kind());
                assertThat(again.get(0).parameterCount()).isEqualTo(statement.parameterCount());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "?;",
                "?250000;",
                "?9 ;?8;",
                "$1;",
                ":a,:b;",
                "$a(",
                "$a::",
                "::",
                "1:1",
                "'",
                "''",
                "\"",
                "(",
                "[",
                "/*",
                "/*/",
                "--\n",
                ";",
                "a;",
                "\uFEFF",
                "with a as(",
                "create trigger t begin ;end",
                "begin;",
                "pragma a=1;",
                "\ud83d\ude00"
            })
    void scan_64KiBOfAnything_staysFarBelow100Milliseconds(String piece) {
        String sql = piece.repeat(64 * 1024 / piece.length());
        long best = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 40 && best > 50_000_000; attempt++) {
            long start = System.nanoTime();
            SqlScanner.scan(sql);
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(best).as("nanoseconds").isLessThan(100_000_000);
    }

    private static void consistent(ParsedSql parsed) {
        boolean[] used = new boolean[parsed.parameterCount()];
        for (ParsedStatement statement : parsed.statements()) {
            assertThat(statement.sql()).isNotEmpty();
            for (int parameter : statement.parameters()) {
                if (parameter >= 0) {
                    used[parameter] = true;
                }
            }
        }
        for (int i = 0; i < used.length; i++) {
            assertThat(used[i]).as("parameter %d", i).isEqualTo(parsed.required(i));
        }
    }

    private static String withoutLeadingComment(String sql) {
        if (sql.startsWith("--")) {
            return sql.substring(sql.indexOf('\n') + 1).strip();
        }
        return sql.startsWith("/*") ? sql.substring(sql.indexOf("*/") + 2).strip() : sql;
    }
}
