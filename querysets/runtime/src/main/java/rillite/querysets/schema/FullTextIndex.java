package rillite.querysets.schema;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the declaration of an FTS5 table tells about the table whose rows it indexes.
 *
 * @param content name of that table or view; empty when the index keeps its own rows, or none
 * @param contentRowid the column of that table that holds the rowid of the index
 */
public record FullTextIndex(String content, String contentRowid) {

    /** What a table is declared to index, null when it is no FTS5 table. */
    public static @Nullable FullTextIndex of(Table table) {
        String module = table.declaration().module();
        if (module == null || !module.equalsIgnoreCase("fts5")) {
            return null;
        }
        Map<String, String> options = options(table.declaration().sql());
        return new FullTextIndex(options.getOrDefault("content", ""), options.getOrDefault("content_rowid", "rowid"));
    }

    private static Map<String, String> options(String sql) {
        Map<String, String> options = new HashMap<>();
        SqlTokens tokens = new SqlTokens(sql);
        while (tokens.next() && !tokens.is('(')) {
            continue;
        }
        boolean atStart = true;
        String name = "";
        while (tokens.next() && !tokens.is(')')) {
            if (tokens.is(',')) {
                atStart = true;
            } else if (atStart) {
                name = tokens.name().toLowerCase(Locale.ROOT);
                atStart = false;
            } else if (tokens.is('=') && tokens.next()) {
                options.put(name, tokens.name());
            }
        }
        return options;
    }
}
