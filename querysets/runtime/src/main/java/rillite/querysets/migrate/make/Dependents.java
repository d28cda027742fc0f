package rillite.querysets.migrate.make;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Names;

/**
 * Which indexes, views and triggers have to make room. While a table is rebuilt there is none of its name, and SQLite refuses
 * to rename the new one as long as a view or trigger names it, be it through another view.
 */
final class Dependents {

    private final List<SchemaObject> dependents = new ArrayList<>();
    /** By the folded names that they need. */
    private final Map<String, List<SchemaObject>> byNeed = new HashMap<>();

    Dependents(SchemaDump dump) {
        for (SchemaObject object : dump.objects()) {
            if (object.kind() == Kind.INDEX || object.kind() == Kind.VIEW || object.kind() == Kind.TRIGGER) {
                dependents.add(object);
                needs(object)
                        .forEach(name -> byNeed.computeIfAbsent(name, none -> new ArrayList<>())
                                .add(object));
            }
        }
    }

    private static Set<String> needs(SchemaObject object) {
        Set<String> names =
                object.kind() == Kind.INDEX ? new HashSet<>() : object.text().names();
        names.add(Names.fold(object.table()));
        return names;
    }

    /**
     * Those that change anyway, and those that depend on something that is made anew.
     *
     * @param remade folded names of the tables that are rebuilt
     */
    Set<SchemaObject> touched(Set<String> remade, Predicate<SchemaObject> changes) {
        Deque<SchemaObject> found = new ArrayDeque<>();
        dependents.stream().filter(changes).forEach(found::add);
        remade.forEach(name -> found.addAll(needing(name)));
        Set<SchemaObject> touched = new HashSet<>();
        while (!found.isEmpty()) {
            SchemaObject object = found.remove();
            if (touched.add(object) && object.kind() == Kind.VIEW) {
                found.addAll(needing(Names.fold(object.name())));
            }
        }
        return touched;
    }

    private List<SchemaObject> needing(String name) {
        return byNeed.getOrDefault(name, List.of());
    }
}
