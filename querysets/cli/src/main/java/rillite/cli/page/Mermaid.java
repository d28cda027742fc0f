package rillite.cli.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import rillite.cli.Inspection;
import rillite.cli.Printable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.ForeignKey;
import rillite.querysets.schema.Table;

/**
 * An inspection as an {@code erDiagram} of Mermaid. A name that its grammar cannot hold is shown with {@code _} in the place
 * of what it cannot; the name of a column then stands beside it as a comment.
 */
public final class Mermaid {

    private static final Pattern ORDINARY = Pattern.compile("[\\p{L}\\p{N}_]([\\p{L}\\p{N}_ .-]*[\\p{L}\\p{N}_])?");
    private static final Pattern DIRECTION = Pattern.compile("(?i)direction(?=\\s)");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern KEYWORD = Pattern.compile("(?i)(PK|FK|UK)(\\W.*)?");

    private final Inspection inspection;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Mermaid(Inspection inspection) {
        this.inspection = inspection;
        for (Table table : inspection.shown()) {
            numbers.put(table.name().toLowerCase(Locale.ROOT), numbers.size());
        }
    }

    /** The lines of the diagram. */
    public static List<String> of(Inspection inspection) {
        return new Mermaid(inspection).lines();
    }

    private List<String> lines() {
        lines.add("erDiagram");
        for (int i = 0; i < inspection.shown().size(); i++) {
            entity(inspection.shown().get(i), i);
        }
        for (int i = 0; i < inspection.shown().size(); i++) {
            for (ForeignKey key : inspection.shown().get(i).foreignKeys()) {
                relationship(inspection.shown().get(i), i, key);
            }
        }
        return lines;
    }

    private static boolean isOrdinary(String name) {
        return ORDINARY.matcher(name).matches() && !DIRECTION.matcher(name).find();
    }

    private static String id(Table table, int number) {
        return isOrdinary(table.name()) ? "\"" + table.name() + "\"" : "\"table " + number + " -\"";
    }

    private void entity(Table table, int number) {
        String label = isOrdinary(table.name()) ? "" : "[\"" + clean(table.name()) + "\"]";
        lines.add("    " + id(table, number) + label + " {");
        for (Column column : table.visibleColumns()) {
            lines.add("        " + type(column) + " " + word(column.name()) + keys(table, column) + comment(column));
        }
        lines.add("    }");
    }

    private static String type(Column column) {
        String declared = column.declaredType().strip();
        int parenthesis = declared.indexOf('(');
        String name =
                parenthesis < 0 ? declared : declared.substring(0, parenthesis).strip();
        return name.isEmpty() ? "any" : word(name);
    }

    private static String keys(Table table, Column column) {
        List<String> keys = new ArrayList<>();
        if (column.keyPosition() > 0) {
            keys.add("PK");
        }
        if (table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column.name()))) {
            keys.add("FK");
        }
        if (column.keyPosition() == 0 && table.isUnique(List.of(column))) {
            keys.add("UK");
        }
        return keys.isEmpty() ? "" : " " + String.join(", ", keys);
    }

    private static String comment(Column column) {
        return word(column.name()).equals(column.name()) ? "" : " \"" + clean(column.name()) + "\"";
    }

    private void relationship(Table child, int number, ForeignKey key) {
        Integer parent = numbers.get(key.parentTable().toLowerCase(Locale.ROOT));
        if (parent == null) {
            return;
        }
        List<Column> columns = child.columns().stream()
                .filter(column -> key.columns().contains(column.name()))
                .toList();
        boolean optional = columns.stream().anyMatch(column -> !column.notNull());
        String many = child.isUnique(columns) ? "|o" : "}o";
        lines.add("    " + id(child, number) + " " + many + "--" + (optional ? "o|" : "||") + " "
                + id(inspection.shown().get(parent), parent) + " : \""
                + clean(String.join(", ", key.columns())) + "\"");
    }

    /** A word that the grammar takes for a name, and not for one of its own. */
    private static String word(String name) {
        if (WORD.matcher(name).matches() && !KEYWORD.matcher(name).matches()) {
            return name;
        }
        String word = name.codePoints()
                .map(point -> Character.isLetterOrDigit(point) && point < 0x10000 && (point < 0x80 || point >= 0xc0)
                        ? point
                        : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean begins = !word.isEmpty()
                && !Character.isDigit(word.charAt(0))
                && !KEYWORD.matcher(word).matches();
        return begins ? word : "_" + word;
    }

    /** A text for people that ends no quotation, begins no comment, entity or element, and says nothing to Mermaid. */
    private static String clean(String text) {
        String printable = Printable.cut(Printable.of(text), 60).replaceAll("[\"%\\\\<>&#;`~{}\\[\\]]", "_");
        String clean = DIRECTION.matcher(printable).replaceAll("direction_");
        return clean.isBlank() ? "_" : clean;
    }
}
