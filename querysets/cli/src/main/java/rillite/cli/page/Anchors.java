package rillite.cli.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import rillite.querysets.schema.Table;

/** Where the tables stand on the page. Tables with ordinary names can be linked to by their names from outside. */
final class Anchors {

    private static final Pattern ORDINARY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,79}");

    private final Map<String, String> byTable = new HashMap<>();

    Anchors(List<Table> shown) {
        for (Table table : shown) {
            boolean ordinary = ORDINARY.matcher(table.name()).matches();
            byTable.put(table.name(), "table-" + (ordinary ? table.name() : String.valueOf(byTable.size() + 1)));
        }
    }

    /** The id of the section of a table; empty when the table is not on the page. */
    Optional<String> id(String table) {
        return Optional.ofNullable(byTable.get(table));
    }

    String id(Table table) {
        return id(table.name()).orElseThrow();
    }

    /** The id of the box of a table in the diagram. */
    static String box(String id) {
        return "box-" + id;
    }

    /** A name of a table that leads to its section, if it has one. */
    void link(Markup markup, String table) {
        id(table)
                .ifPresentOrElse(
                        id -> markup.open("a", "href", "#" + id).name(table).close(), () -> markup.name(table));
    }
}
