package rillite.r2dbc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The PRAGMAs a configuration may set by {@code pragma.<name>}, and the values each of them takes. */
final class Pragmas {
    private static final String BOOLEAN = "ON|OFF|TRUE|FALSE|YES|NO|1|0";
    private static final String INTEGER = "-?[0-9]{1,18}";
    private static final String NATURAL = "[0-9]{1,18}";

    private static final Map<String, Rule> ALLOWED = rules();

    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("busy_timeout", "lockWaitTimeout"),
            Map.entry("cache_size", "cacheSize"),
            Map.entry("cell_size_check", "cellSizeCheck"),
            Map.entry("foreign_keys", "foreignKeys"),
            Map.entry("journal_mode", "journalMode"),
            Map.entry("journal_size_limit", "walSoftLimit"),
            Map.entry("mmap_size", "mmapSize"),
            Map.entry("query_only", "mode"),
            Map.entry("synchronous", "synchronous"),
            Map.entry("temp_store", "tempStore"),
            Map.entry("trusted_schema", "trustedSchema"),
            Map.entry("wal_autocheckpoint", "checkpoints"));

    private Pragmas() {}

    /** The canonical name of a PRAGMA, or an IllegalArgumentException that lists what is permitted. */
    static String name(String typed) {
        String name = typed.trim().toLowerCase(Locale.ROOT);
        if (ALLOWED.containsKey(name)) {
            return name;
        }
        String option = OWNED.get(name);
        if (option != null) {
            throw new IllegalArgumentException(
                    "Option pragma." + name + " is refused: the driver owns this setting; use the option " + option);
        }
        List<String> near = Nearest.of(name, ALLOWED.keySet());
        throw new IllegalArgumentException("Option pragma." + Quote.of(name) + " is refused: this PRAGMA cannot be set"
                + " by an option" + (near.isEmpty() ? "" : "; did you mean pragma." + near.get(0) + "?")
                + " (permitted: " + String.join(", ", ALLOWED.keySet()) + ")");
    }

    /** Whether a PRAGMA only has an effect when it is sent before the journal mode. */
    static boolean first(String name) {
        return name.equals("page_size") || name.equals("auto_vacuum") || name.equals("encoding");
    }

    /** The canonical value for a PRAGMA whose name has passed {@link #name}. */
    static String value(String name, Object typed) {
        String value = String.valueOf(typed).trim();
        Rule rule = ALLOWED.get(name);
        if (rule == null || !value.toUpperCase(Locale.ROOT).matches(rule.pattern)) {
            throw new IllegalArgumentException("Option pragma." + name + ": \"" + Quote.of(value)
                    + "\" is not permitted; permitted: " + (rule == null ? "nothing" : rule.permitted));
        }
        return name.equals("encoding") ? "'" + value.replace("'", "") + "'" : value.toUpperCase(Locale.ROOT);
    }

    private static Map<String, Rule> rules() {
        Rule flag = new Rule(BOOLEAN, "ON, OFF");
        Rule natural = new Rule(NATURAL, "an integer from 0");
        Map<String, Rule> rules = new TreeMap<>();
        rules.put("analysis_limit", natural);
        rules.put("auto_vacuum", new Rule("NONE|FULL|INCREMENTAL|0|1|2", "NONE, FULL, INCREMENTAL"));
        rules.put("automatic_index", flag);
        rules.put("cache_spill", new Rule(BOOLEAN + "|" + INTEGER, "ON, OFF or a number of pages"));
        rules.put("case_sensitive_like", flag);
        rules.put("checkpoint_fullfsync", flag);
        rules.put("encoding", new Rule("'?UTF-(8|16|16LE|16BE)'?", "UTF-8, UTF-16, UTF-16le, UTF-16be"));
        rules.put("fullfsync", flag);
        rules.put("hard_heap_limit", natural);
        rules.put("legacy_alter_table", flag);
        rules.put("max_page_count", natural);
        rules.put("page_size", new Rule("512|1024|2048|4096|8192|16384|32768|65536", "a power of two, 512 to 65536"));
        rules.put("recursive_triggers", flag);
        rules.put("reverse_unordered_selects", flag);
        rules.put("secure_delete", new Rule(BOOLEAN + "|FAST", "ON, OFF, FAST"));
        rules.put("soft_heap_limit", natural);
        rules.put("threads", new Rule("[0-9]{1,2}", "an integer from 0 to 99"));
        return rules;
    }

    private record Rule(String pattern, String permitted) {}
}
