package rillite.cli.data;

import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import rillite.querysets.Row;
import rillite.querysets.schema.Schema;

/** The rows of a QuerySet, with the related rows that were loaded. */
final class QueryAnswer {

    /** Relations to show, and those of their rows. */
    private final Map<String, QueryAnswer> related = new TreeMap<>();

    private final Schema schema;

    private QueryAnswer(Schema schema) {
        this.schema = schema;
    }

    /**
     * @param paths relations that are loaded with the rows
     */
    static Answer of(Schema schema, Flux<Row> rows, List<String> names, List<String> paths) {
        QueryAnswer shape = new QueryAnswer(schema);
        for (String path : paths) {
            QueryAnswer at = shape;
            for (String relation : path.split("__")) {
                at = at.related.computeIfAbsent(relation, name -> new QueryAnswer(schema));
            }
        }
        return new Answer(() -> names, rows.map(shape::line));
    }

    private Answer.Line line(Row row) {
        Map<String, @Nullable Object> all = values(row);
        return new Answer.Line(List.copyOf(all.keySet()), new ArrayList<>(all.values()));
    }

    private Map<String, @Nullable Object> values(Row row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        row.names().forEach(name -> values.put(name, value(row, name)));
        related.forEach((name, shape) -> {
            if (row.isLoaded(name)) {
                values.put(name, shape.rows(row, name));
            }
        });
        return values;
    }

    private @Nullable Object rows(Row owner, String relation) {
        boolean many = schema.relation(owner.tableName(), relation)
                .map(known -> known.kind().isMany())
                .orElse(false);
        if (many) {
            return owner.list(relation).stream().map(this::values).toList();
        }
        Row one = owner.one(relation);
        return one == null ? null : values(one);
    }

    private static @Nullable Object value(Row row, String name) {
        Object value = row.get(name, Object.class);
        return value instanceof Temporal || value instanceof UUID ? row.get(name, String.class) : value;
    }
}
