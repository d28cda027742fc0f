package rillite.cli.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import rillite.cli.OpenDatabase;
import rillite.cli.Refusal;

/** QuerySets as they are typed, for other features. */
public final class Queries {

    private Queries() {}

    /** Whether a text is SQL: it begins as a statement does. */
    public static boolean isSql(String text) {
        return Statements.isSql(text);
    }

    /**
     * The rows of a QuerySet, each with its values by name. Values are null, Long, Double, BigDecimal, Boolean, String,
     * ByteBuffer, and for related rows Map and List.
     *
     * @throws Refusal the text is no QuerySet
     */
    public static Flux<Map<String, @Nullable Object>> rows(OpenDatabase open, String text) {
        return QueryVerbs.answer(open.database(), QueryText.parse(text)).rows().map(line -> {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < line.names().size(); i++) {
                row.put(line.names().get(i), line.values().get(i));
            }
            return row;
        });
    }
}
