package rillite.cli.data;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.cli.OpenDatabase;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Table;

/** What was typed as a query, as its rows: the name of a table, one SQL statement that reads, or a QuerySet. */
final class Asked {

    private Asked() {}

    static boolean isTable(OpenDatabase open, String text) {
        return table(open, text) != null;
    }

    private static @Nullable Table table(OpenDatabase open, String text) {
        return open.database().schema().find(text).orElse(null);
    }

    /**
     * The rows. Those of a table and of SQL have their values as they are stored.
     *
     * @throws rillite.cli.Refusal the text is none of the three, or would change the file
     */
    static Answer answer(OpenDatabase open, String text) {
        Table table = table(open, text);
        if (table != null) {
            List<String> names =
                    table.visibleColumns().stream().map(Column::name).toList();
            String all = "SELECT * FROM " + OpenDatabase.quoted(table.name());
            Answer rows = SqlAnswer.of(open, Statements.single(all), List.of());
            return new Answer(() -> names, rows.rows());
        }
        return Statements.isSql(text)
                ? QueryCommand.statementAnswer(open, Statements.single(text), List.of(), false)
                : QueryVerbs.answer(open.database(), QueryText.parse(text));
    }
}
