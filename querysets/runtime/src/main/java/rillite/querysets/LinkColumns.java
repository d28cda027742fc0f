package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Write;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/** Links that are foreign keys of the related rows. */
final class LinkColumns extends LinkStatements {

    private final List<Column> key;

    LinkColumns(Database database, Relation relation, TableModel target, List<Object> owner) {
        super(database, relation, target, target.keyFor("link rows of"), owner);
        key = target.key();
    }

    @Override
    List<Write> add(List<List<@Nullable Object>> keys, Fields columns) {
        refuse(columns);
        if (keys.isEmpty()) {
            return List.of();
        }
        List<Write.Assignment> changes = new ArrayList<>();
        for (int i = 0; i < relation.to().size(); i++) {
            changes.add(new Write.Assignment(relation.to().get(i), owner().get(i)));
        }
        Condition others = Condition.all(List.of(StoredKeys.in(key, key, keys), Condition.not(owned())));
        return List.of(new Write.Update(target.table(), changes, others, List.of()));
    }

    private void refuse(Fields columns) {
        if (!columns.asMap().isEmpty()) {
            throw Errors.invalidQuery("The link " + relation.qualifiedName() + " is the foreign key "
                    + relation.foreignKey() + " and has no further columns. Update the rows themselves.");
        }
    }

    @Override
    Write remove(List<List<@Nullable Object>> keys) {
        return unlink(StoredKeys.in(key, key, keys));
    }

    @Override
    Write clear() {
        return unlink(Condition.ALWAYS);
    }

    private Write unlink(Condition which) {
        List<Write.Assignment> changes = new ArrayList<>();
        for (Column column : relation.to()) {
            if (!column.notNull()) {
                changes.add(new Write.Assignment(column, new Bind(null)));
            }
        }
        if (changes.isEmpty()) {
            throw Errors.invalidQuery("Cannot unlink rows of " + relation.qualifiedName() + ": the foreign key "
                    + relation.foreignKey() + " cannot be NULL. Delete the rows, or link them to another one.");
        }
        return new Write.Update(target.table(), changes, Condition.all(List.of(owned(), which)), List.of());
    }

    @Override
    List<Write> set(List<List<@Nullable Object>> keys) {
        List<Write> writes = new ArrayList<>(List.of(unlink(Condition.not(StoredKeys.in(key, key, keys)))));
        writes.addAll(add(keys, Fields.empty()));
        return writes;
    }

    @Override
    Mono<Row> create(Fields row, Fields columns) {
        refuse(columns);
        Fields whole = row;
        for (int i = 0; i < relation.to().size(); i++) {
            Column column = relation.to().get(i);
            Expression value = owner().get(i);
            if (row.asMap().containsKey(column.name()) || !(value instanceof Bind bind)) {
                throw Errors.invalidQuery("The column " + column.qualifiedName() + " is what makes the link.");
            }
            whole = whole.with(column.name(), bind.value());
        }
        Writing<Row> writing = new Writing<>(QueryState.all(database, target), one -> one);
        return writing.row(writing.writer().insert(whole));
    }
}
