package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Texts that have broken out of quotes, keys, patterns and paths elsewhere. */
final class HostileStrings {

    private static final List<String> SEEDS = List.of(
            "'",
            "\"",
            "`",
            "]",
            "[",
            ";",
            "--",
            "/*",
            "*/",
            "'; DROP TABLE canary; --",
            "\"; DROP TABLE canary; --",
            "' OR '1'='1",
            "\" OR 1=1 --",
            "'; DELETE FROM canary; --",
            "') UNION SELECT secret FROM canary --",
            "*/ DROP TABLE canary /*",
            "name; drop",
            "name--",
            "name) OR (1=1",
            "name\" IS NULL OR \"1\"=\"1",
            "id__gt; DELETE FROM canary",
            "author__name\"__exact",
            "__",
            "____",
            "id__",
            "__id",
            "id____gt",
            "pk__pk",
            "-id; --",
            "-",
            "?",
            "??",
            "?1",
            ":name",
            "@name",
            "$1",
            "{0}",
            "{999}",
            "%",
            "_",
            "%%",
            "\\",
            "\\%",
            "\\'",
            "\0",
            "a\0b",
            "\u0001",
            "\t",
            "\n",
            "\r\n",
            "\u2028",
            "\u00a0",
            "\ufeff",
            "\ufffd",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u202e",
            "\u0131",
            "\u0130",
            "\u00df",
            "\uff07",
            "\u02bc",
            "\u2019",
            "$.a",
            "$[0]",
            "$.\"a\"",
            "a\"]. b",
            "a.b",
            "a[0]",
            "{\"a\":1}",
            "[1,2]",
            "null",
            "NULL",
            "true",
            "0",
            "-1",
            "1e309",
            "NaN",
            "0x10",
            "select",
            "SELECT",
            "from",
            "where",
            "order",
            "group",
            "rowid",
            "oid",
            "_rowid_",
            "sqlite_schema",
            "sqlite_master",
            "canary",
            "canary.secret",
            "main.canary",
            "load_extension('x')",
            "readfile('/etc/passwd')",
            "randomblob(1000000000)",
            "x' || (SELECT secret FROM canary) || '",
            "CASE WHEN 1 THEN 1 END",
            "EXISTS(SELECT 1)",
            "NEAR(a b)",
            "a AND b OR NOT c",
            "\"unclosed",
            "a*",
            "col:a",
            "^a",
            "(",
            ")",
            "(((((",
            "",
            " ",
            "  leading");

    private HostileStrings() {}

    /** At least 200 different ones. */
    static List<String> corpus() {
        Set<String> all = new LinkedHashSet<>(SEEDS);
        for (String seed : SEEDS) {
            all.add("name" + seed);
            all.add(seed + "__exact");
        }
        all.add("x".repeat(100_000));
        all.add("'".repeat(1_000));
        all.add("name__".repeat(500) + "exact");
        all.add("(".repeat(5_000));
        return new ArrayList<>(all);
    }
}
