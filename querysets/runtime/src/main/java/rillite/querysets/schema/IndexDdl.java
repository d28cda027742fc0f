package rillite.querysets.schema;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a CREATE INDEX statement says and no pragma tells: expressions and the condition. */
final class IndexDdl {

    private final List<String> terms = new ArrayList<>();
    private final @Nullable String predicate;

    private IndexDdl(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        boolean open = false;
        while (!open && tokens.next()) {
            open = tokens.is('(');
        }
        if (open) {
            terms(sql, tokens);
        }
        predicate = tokens.nextIs("WHERE") && tokens.next()
                ? sql.substring(tokens.start()).trim()
                : null;
    }

    static IndexDdl of(String create) {
        return new IndexDdl(create);
    }

    private void terms(String sql, SqlTokens tokens) {
        int from = tokens.end();
        int to = from;
        while (tokens.next() && !tokens.is(')')) {
            if (tokens.is(',')) {
                terms.add(sql.substring(from, to).trim());
                from = tokens.end();
                to = from;
                continue;
            }
            String keyword = tokens.keyword();
            if (tokens.is('(')) {
                tokens.group();
            }
            if (!keyword.equals("ASC") && !keyword.equals("DESC")) {
                to = tokens.end();
            }
        }
        terms.add(sql.substring(from, to).trim());
    }

    /** The text of a term without its direction; empty when there is no such term. */
    String term(int position) {
        return position < terms.size() ? terms.get(position) : "";
    }

    @Nullable String predicate() {
        return predicate;
    }
}
