package rillite.querysets.migrate.make;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Names;

/**
 * Which indexes, views and triggers have to make room. While a table is rebuilt there is none of its name, and SQLite refuses
 * to rename the new one as long as a view or trigger names it, be it through another view.
 */
final class Dependents {

    private final SchemaDump dump;
    private final Set<String> remade;

    /**
     * @param remade folded names of the tables that are rebuilt
     */
    Dependents(SchemaDump dump, Set<String> remade) {
        this.dump = dump;
        this.remade = remade;
    }

    /** Those that change anyway, and those that depend on something that is made anew. */
    Set<SchemaObject> touched(Predicate<SchemaObject> changes) {
        Set<SchemaObject> touched = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>(remade);
        boolean more = true;
        while (more) {
            more = false;
            for (SchemaObject object : dump.objects()) {
                if (isDependent(object)
                        && !touched.contains(object)
                        && (changes.test(object) || needs(object, names))) {
                    touched.add(object);
                    more |= object.kind() == Kind.VIEW && names.add(Names.fold(object.name()));
                }
            }
        }
        return touched;
    }

    private static boolean isDependent(SchemaObject object) {
        return object.kind() == Kind.INDEX || object.kind() == Kind.VIEW || object.kind() == Kind.TRIGGER;
    }

    private static boolean needs(SchemaObject object, Set<String> names) {
        return names.contains(Names.fold(object.table()))
                || object.kind() != Kind.INDEX && names.stream().anyMatch(object.text()::mentions);
    }
}
