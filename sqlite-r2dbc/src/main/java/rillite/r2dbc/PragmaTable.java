package rillite.r2dbc;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What each PRAGMA does, by name: query, setter of the file, setter of the connection, or side effect. */
final class PragmaTable {
    private enum Rule {
        /** Reads, also with an argument. */
        READ,
        /** The value changes the file. */
        FILE,
        /** The value changes the journal mode. */
        JOURNAL,
        /** Acts with and without a value. */
        ACTION,
        /** Reads every page. */
        CHECK,
        /** The value lasts until the transaction ends. */
        TRANSACTION
    }

    private static final Map<String, Rule> RULES = rules();

    private PragmaTable() {}

    /** {@code head} starts with PRAGMA; {@code size} is the number of tokens of the statement. */
    static Verdict classify(List<Lexeme> head, int size) {
        boolean qualified = head.size() > 3 && head.get(2).token() == SqlTokens.Token.DOT;
        int at = qualified ? 3 : 1;
        if (head.size() <= at || !head.get(at).isName()) {
            return Verdict.of(StatementKind.SELECT);
        }
        String name = head.get(at).name().toLowerCase(Locale.ROOT);
        boolean valued = size > at + 1;
        Rule rule = RULES.get(name);
        if (rule == Rule.ACTION) {
            return Verdict.of(StatementKind.BARRIER, name);
        }
        if (rule == Rule.CHECK) {
            return Verdict.of(StatementKind.SERVICE, name);
        }
        if (!valued || rule == Rule.READ) {
            return Verdict.of(StatementKind.PRAGMA_READ, name);
        }
        boolean main = !qualified || head.get(1).name().equalsIgnoreCase("main");
        if (rule == null || (!main && rule != Rule.TRANSACTION)) {
            return Verdict.session(name, "PRAGMA " + name);
        }
        return Verdict.of(
                switch (rule) {
                    case JOURNAL -> StatementKind.BARRIER;
                    case TRANSACTION -> StatementKind.DEFER_FOREIGN_KEYS;
                    default -> StatementKind.PRAGMA_WRITE;
                },
                name);
    }

    private static Map<String, Rule> rules() {
        Map<String, Rule> rules = new HashMap<>();
        String reads = "collation_list compile_options data_version database_list foreign_key_check foreign_key_list"
                + " freelist_count function_list index_info index_list index_xinfo module_list page_count pragma_list"
                + " stats table_info table_list table_xinfo";
        put(rules, Rule.READ, reads);
        put(
                rules,
                Rule.FILE,
                "application_id auto_vacuum default_cache_size encoding page_size schema_version user_version");
        put(rules, Rule.JOURNAL, "journal_mode");
        put(rules, Rule.ACTION, "incremental_vacuum optimize wal_checkpoint");
        put(rules, Rule.CHECK, "integrity_check quick_check");
        put(rules, Rule.TRANSACTION, "defer_foreign_keys");
        return Map.copyOf(rules);
    }

    private static void put(Map<String, Rule> rules, Rule rule, String names) {
        for (String name : names.split(" ")) {
            rules.put(name, rule);
        }
    }
}
