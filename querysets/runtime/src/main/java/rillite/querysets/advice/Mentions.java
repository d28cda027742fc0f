package rillite.querysets.advice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/**
 * The columns whose names occur in a statement, or in a view that it names. A name that means something else is a candidate
 * too many, which the planner will not take.
 */
final class Mentions {

    private static final int MOST_VIEWS = 20;

    private final Schema schema;
    private final Set<String> views = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();

    private Mentions(Schema schema) {
        this.schema = schema;
    }

    /** Candidates for indexes, at most so many, in the order of tables and columns. */
    static List<Column> of(Schema schema, String sql, int most) {
        Mentions mentions = new Mentions(schema);
        mentions.add(sql);
        List<Column> columns = new ArrayList<>();
        String all = mentions.text.toString();
        for (Table table : schema.tables()) {
            if (table.kind() == Table.Kind.TABLE && names(all, table.name())) {
                table.visibleColumns().stream()
                        .filter(column -> names(all, column.name()) && !isKey(table, column))
                        .forEach(columns::add);
            }
        }
        return columns.size() <= most ? columns : columns.subList(0, most);
    }

    private void add(String sql) {
        String folded = fold(sql);
        text.append(folded).append('\n');
        for (Table view : schema.tables()) {
            if (view.kind() == Table.Kind.VIEW
                    && views.size() < MOST_VIEWS
                    && names(folded, view.name())
                    && views.add(view.name())) {
                add(view.declaration().sql());
            }
        }
    }

    private static boolean isKey(Table table, Column column) {
        return table.primaryKey().size() == 1 && column.keyPosition() == 1;
    }

    /** Whether the name stands in the text by itself. */
    private static boolean names(String folded, String name) {
        String wanted = fold(name);
        for (int at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, at + 1)) {
            int end = at + wanted.length();
            boolean begins = at == 0 || !Character.isJavaIdentifierPart(folded.charAt(at - 1));
            boolean ends = end == folded.length() || !Character.isJavaIdentifierPart(folded.charAt(end));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
