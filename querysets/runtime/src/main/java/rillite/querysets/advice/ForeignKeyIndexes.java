package rillite.querysets.advice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/**
 * Finds foreign keys without an index. SQLite makes none by itself: a delete of a parent, and every query from a parent to
 * its children, then reads the whole table of the children.
 */
public final class ForeignKeyIndexes {

    private ForeignKeyIndexes() {}

    /**
     * A foreign key and the index that it lacks.
     *
     * @param key the foreign key
     * @param index the index to create
     */
    public record Missing(ForeignKey key, IndexProposal index) {}

    /** The foreign keys without an index, in the order of tables and declarations. */
    public static List<Missing> missing(Schema schema) {
        List<Missing> missing = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Table table : schema.tables()) {
            for (ForeignKey key : table.foreignKeys()) {
                if (!isIndexed(table, folded(key.columns()))
                        && seen.add(List.of(table.name(), folded(key.columns())))) {
                    List<IndexProposal.Term> terms = key.columns().stream()
                            .map(column -> new IndexProposal.Term(column, ""))
                            .toList();
                    missing.add(new Missing(key, IndexProposal.of(schema, Set.of(), table.name(), terms)));
                }
            }
        }
        return List.copyOf(missing);
    }

    private static boolean isIndexed(Table table, Set<String> columns) {
        Stream<List<String>> indexes = table.indexes().stream()
                .filter(index -> holdsAll(index, columns))
                .map(ForeignKeyIndexes::leading);
        Stream<List<String>> keys =
                Stream.of(table.primaryKey().stream().map(Column::name).toList());
        return Stream.concat(keys, indexes)
                .filter(index -> index.size() >= columns.size())
                .anyMatch(index -> folded(index.subList(0, columns.size())).equals(columns));
    }

    /** Whether all rows with a value are in it: those of a partial index may be fewer. */
    private static boolean holdsAll(Index index, Set<String> columns) {
        String predicate = index.predicate();
        if (predicate == null) {
            return true;
        }
        String bare = predicate.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        return columns.stream().anyMatch(column -> bare.equals(column + " is not null"));
    }

    /** The columns before the first expression. */
    private static List<String> leading(Index index) {
        List<String> names = new ArrayList<>();
        for (Index.Term term : index.terms()) {
            String column = term.column();
            if (column == null) {
                break;
            }
            names.add(column);
        }
        return names;
    }

    private static Set<String> folded(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
