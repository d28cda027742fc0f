package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import rillite.querysets.ast.Condition;
import rillite.querysets.ast.Expression.Bind;
import rillite.querysets.ast.Write;

/**
 * Writes all rows of a query in one statement.
 *
 * @param <T> what a row is read as
 */
final class SetWriter<T> {

    private final Writing<T> writing;
    private final Writer writer;
    private final int mostRows;

    SetWriter(Writing<T> writing) {
        this.writing = writing;
        writer = writing.writer();
        mostRows = writing.state().database().limits().materialized();
    }

    Mono<Long> update(Fields fields) {
        Write.Update update = writer.update(fields, List.of());
        return writing.count(update, update.where());
    }

    Flux<T> updateReturning(Fields fields) {
        Write.Update update = writer.update(fields, writer.returning());
        return returning("updateReturning", update, update.where());
    }

    Flux<T> deleteReturning() {
        Write.Delete delete = writer.delete(writer.returning());
        return returning("deleteReturning", delete, delete.where());
    }

    /** One DELETE; what else goes with the rows is up to the database. */
    Mono<Long> deleteFast() {
        Write.Delete delete = writer.delete(List.of());
        return writing.count(delete, delete.where());
    }

    /** The rows are read to their end before the first is emitted: nobody holds the writer while a consumer thinks. */
    private Flux<T> returning(String verb, Write write, Condition where) {
        if (where.equals(Condition.NEVER)) {
            return Flux.empty();
        }
        // Too many rows are taken back, which a statement of its own could not be.
        Mono<List<T>> rows = isBounded()
                ? writing.runner()
                        .returning(() -> writing.text(write), writing.reader())
                        .collectList()
                : writing.runner()
                        .inWrite(session -> writing.rows(session, write)
                                .<List<T>>collect(ArrayList::new, (list, row) -> add(verb, list, row)))
                        .single();
        return rows.flatMapIterable(list -> list);
    }

    private boolean isBounded() {
        Bind limit = writing.state().select().limit();
        return limit != null && limit.value() instanceof Long rows && rows <= mostRows;
    }

    private void add(String verb, List<T> list, T row) {
        if (list.size() == mostRows) {
            throw Errors.invalidQuery(verb + " of \"" + writing.state().table() + "\" would hold more than " + mostRows
                    + " rows in memory; nothing was written. Write slices with orderBy(..).limit(..), or raise"
                    + " DatabaseOptions.maxMaterializeRows.");
        }
        list.add(row);
    }
}
