package rillite.auth.authjs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import rillite.auth.authjs.FileTables.Column;

/**
 * A date of a layout in the tables of a file.
 *
 * @param part the table
 * @param name the column
 * @param label both as the file calls them
 * @param gap what is missing of them
 * @param initial the default of the column
 */
record DateColumn(
        Part part,
        String name,
        String label,
        Optional<String> gap,
        @Nullable String initial) {

    static List<DateColumn> in(FileTables file, Layout layout) {
        List<DateColumn> columns = new ArrayList<>();
        for (Part part : layout.parts()) {
            String table = layout.table(part);
            part.fields().stream()
                    .filter(field -> field.kind() == Field.Kind.DATE)
                    .map(Field::name)
                    .forEach(name -> {
                        Column column = file.columns(table).get(name);
                        columns.add(new DateColumn(
                                part,
                                name,
                                table + "." + name,
                                file.missing(table, List.of(name)),
                                column == null ? null : column.initial()));
                    });
        }
        return columns;
    }

    /** What can be said without a look at the rows. */
    List<String> sentences() {
        if (gap.isPresent()) {
            return List.of(LayoutCheck.notLookedAt(label, gap.get()));
        }
        return initial == null
                ? List.of()
                : List.of("column " + label + " has the default " + initial + ": a row that is written without it "
                        + (part == Part.USER ? "looks verified" : "ends when nobody said, or never"));
    }
}
