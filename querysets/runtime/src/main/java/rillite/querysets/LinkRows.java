package rillite.querysets;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Condition.Elements;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Select;
import rillite.querysets.ast.Source;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** Links that are rows of a link table. */
final class LinkRows extends LinkStatements {

    private final Relation.Link link;
    private final TableModel table;

    LinkRows(Database database, Relation relation, TableModel target, List<Object> owner) {
        super(
                database,
                relation,
                target,
                Objects.requireNonNull(relation.link()).target(),
                owner);
        link = Objects.requireNonNull(relation.link());
        table = database.catalog().model(link.table());
    }

    @Override
    List<Write> add(List<List<@Nullable Object>> keys, Fields columns) {
        Map<Column, Expression> more = further(columns);
        List<Write> writes = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += JsonList.CHUNK) {
            writes.add(insert(keys.subList(from, Math.min(from + JsonList.CHUNK, keys.size())), more));
        }
        return writes;
    }

    private Map<Column, Expression> further(Fields columns) {
        Writer writer = new Writer(QueryState.all(database, table));
        Map<Column, Expression> more = writer.values().of(columns, false);
        Set<Column> given = new LinkedHashSet<>(relation.to());
        given.addAll(link.to());
        for (Column column : more.keySet()) {
            if (!given.add(column)) {
                throw Errors.invalidQuery("The column " + column.qualifiedName() + " is what makes the link.");
            }
        }
        writer.checkComplete(given);
        return more;
    }

    private Write insert(List<List<@Nullable Object>> keys, Map<Column, Expression> more) {
        int width = link.to().size();
        List<Column> columns = new ArrayList<>(relation.to());
        columns.addAll(link.to());
        List<Column> pair = List.copyOf(columns);
        List<Expression> values = new ArrayList<>(owner());
        List<Object> list = new ArrayList<>(keys.size());
        for (List<@Nullable Object> key : keys) {
            list.add(width == 1 ? Objects.requireNonNull(key.get(0)) : key);
        }
        List<Expression> elements = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            boolean blob = keys.get(0).get(i) instanceof ByteBuffer;
            elements.add(new Expression.Element(width == 1 ? -1 : i, blob ? Elements.HEX : Elements.PLAIN));
        }
        columns.addAll(more.keySet());
        values.addAll(elements);
        values.addAll(more.values());
        Select rows = unlinked(Select.of(new Source.Elements(new Bind(JsonList.array(list))), values), elements);
        Write.Conflict linked = new Write.Conflict(pair, Condition.ALWAYS, List.of(), Condition.ALWAYS);
        return new Write.Insert(table.table(), columns, List.of(), rows, linked, List.of());
    }

    /**
     * A foreign key compares by the collation of its parent, and the unique key of the link table by its own: where they
     * differ it does not keep equal keys apart.
     */
    private Select unlinked(Select rows, List<Expression> elements) {
        RelationKey targets = new RelationKey(link.target());
        if (targets.isComparedBy(link.to()) && new RelationKey(relation.from()).isComparedBy(relation.to())) {
            return rows;
        }
        List<Expression> compared = targets.operands(elements, link.to());
        Select linked = Select.of(
                        new Source.Base(table.table()),
                        link.to().stream()
                                .<Expression>map(Expression.ColumnRef::of)
                                .toList())
                .withWhere(owned());
        return rows.withWhere(Condition.not(new Condition.InSelect(compared, linked)))
                .withGroups(compared, Condition.ALWAYS);
    }

    @Override
    Write remove(List<List<@Nullable Object>> keys) {
        return delete(StoredKeys.in(link.to(), link.target(), keys));
    }

    @Override
    Write clear() {
        return delete(Condition.ALWAYS);
    }

    private Write delete(Condition which) {
        return new Write.Delete(table.table(), Condition.all(List.of(owned(), which)), List.of());
    }

    @Override
    List<Write> set(List<List<@Nullable Object>> keys) {
        List<Write> writes =
                new ArrayList<>(List.of(delete(Condition.not(StoredKeys.in(link.to(), link.target(), keys)))));
        writes.addAll(add(keys, Fields.empty()));
        return writes;
    }

    @Override
    Mono<Row> create(Fields row, Fields columns) {
        Writing<Row> writing = new Writing<>(QueryState.all(database, target), one -> one);
        Write.Insert insert = writing.writer().insert(row);
        further(columns);
        return writing.runner()
                .inWrite(session -> writing.rows(session, insert)
                        .singleOrEmpty()
                        .delayUntil(made -> Flux.fromIterable(add(keys(List.of(made)), columns))
                                .concatMap(write ->
                                        session.count(database.compiler().compile(write)))))
                .singleOrEmpty();
    }
}
