package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Condition.Elements;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Expression.Collated;
import rillite.querysets.ast.Expression.Collation;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.UniqueKey;

/** Counts how many rows of a window will be new: SQLite does not tell after an upsert what it did. */
final class ExistingKeys {

    private final QueryState state;
    private final UniqueKey key;

    ExistingKeys(QueryState state, UniqueKey key) {
        this.state = state;
        this.key = key;
    }

    Mono<Long> countNew(Session session, List<BulkRow> rows) {
        List<Object> keys = new ArrayList<>(rows.size());
        boolean[] blobs = new boolean[key.columns().size()];
        for (BulkRow row : rows) {
            List<Object> values = new ArrayList<>(blobs.length);
            for (int i = 0; i < blobs.length; i++) {
                Object value = row.get(key.columns().get(i));
                blobs[i] |= value instanceof ByteBuffer;
                if (value != null) {
                    values.add(value);
                }
            }
            if (values.size() == blobs.length) {
                keys.add(values.size() == 1 ? values.get(0) : values);
            }
        }
        // NULL meets nobody, and the rowid is given by SQLite.
        long others = rows.size() - keys.size();
        return keys.isEmpty()
                ? Mono.just(others)
                : session.rows(
                                state.database().compiler().compile(select(keys, blobs)),
                                0,
                                row -> Objects.requireNonNull(row.get(0, Long.class)))
                        .single()
                        .map(fresh -> fresh + others);
    }

    private Select select(List<Object> keys, boolean[] blobs) {
        List<Expression> elements = new ArrayList<>();
        for (int i = 0; i < blobs.length; i++) {
            Expression element =
                    new Expression.Element(blobs.length == 1 ? -1 : i, blobs[i] ? Elements.HEX : Elements.PLAIN);
            elements.add(collated(key.columns().get(i), element));
        }
        TableModel model = state.model();
        Select stored =
                Select.of(model.source(), model.expressions(key.columns())).withWhere(ConflictRule.predicate(key));
        Select fresh = Select.of(new Source.Elements(new Bind(JsonList.array(keys))), elements)
                .withDistinct(true)
                .withWhere(Condition.not(new Condition.InSelect(elements, stored)));
        return Select.of(new Source.Derived(fresh, List.of()), List.of(Expression.Aggregate.rows()));
    }

    private static Expression collated(Column column, Expression element) {
        for (Collation collation : Collation.values()) {
            if (collation != Collation.BINARY && collation.name().equalsIgnoreCase(column.collation())) {
                return new Collated(element, collation);
            }
        }
        return element;
    }
}
