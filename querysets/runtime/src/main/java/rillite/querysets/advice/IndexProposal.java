package rillite.querysets.advice;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import rillite.querysets.schema.Index;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/**
 * An index that does not exist and would help.
 *
 * @param name a name that nothing in the schema has
 * @param table the table it is on
 * @param terms what it sorts by, in order
 */
public record IndexProposal(String name, String table, List<Term> terms) {

    /**
     * One column of a proposed index.
     *
     * @param column its name
     * @param collation how its texts are compared; empty for the way that the column declares
     */
    public record Term(String column, String collation) {

        String sql() {
            return Quoting.name(column) + (collation.isEmpty() ? "" : " COLLATE " + collation);
        }
    }

    public IndexProposal {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("an index of " + table + " needs a column");
        }
    }

    /**
     * Proposes an index under a name of the table and its columns.
     *
     * @param others names that are taken too
     */
    static IndexProposal of(Schema schema, Collection<String> others, String table, List<Term> terms) {
        String columns = terms.stream().map(Term::column).collect(Collectors.joining("_"));
        String wanted = table + "_" + columns;
        Set<String> taken = new HashSet<>();
        others.forEach(name -> taken.add(fold(name)));
        for (Table known : schema.tables()) {
            taken.add(fold(known.name()));
            known.indexes().stream().map(Index::name).forEach(name -> taken.add(fold(name)));
        }
        String name = wanted;
        for (int i = 2; taken.contains(fold(name)); i++) {
            name = wanted + "_" + i;
        }
        return new IndexProposal(name, table, terms);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Names of its columns, in order. */
    public List<String> columns() {
        return terms.stream().map(Term::column).toList();
    }

    /** The statement that creates it. */
    public String sql() {
        return "CREATE INDEX " + Quoting.name(name) + " ON " + Quoting.name(table)
                + terms.stream().map(Term::sql).collect(Collectors.joining(", ", "(", ")"));
    }
}
