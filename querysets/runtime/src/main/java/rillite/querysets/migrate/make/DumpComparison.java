package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import rillite.querysets.migrate.make.SchemaObject.Kind;

/** Whether two databases have the same schema, in whatever layout their statements are written. */
final class DumpComparison {

    private DumpComparison() {}

    /** What is in one only, or differs, as in {@code table book}; empty if they are the same. */
    static List<String> differences(SchemaDump one, SchemaDump other, boolean anyOrder) {
        Set<String> different = new LinkedHashSet<>();
        for (SchemaObject object : one.objects()) {
            SchemaObject twin = other.find(object.kind(), object.name());
            if (twin == null || !isSame(one, object, other, twin, anyOrder)) {
                different.add(object.toString());
            }
        }
        for (SchemaObject object : other.objects()) {
            if (one.find(object.kind(), object.name()) == null) {
                different.add(object.toString());
            }
        }
        return new ArrayList<>(different);
    }

    private static boolean isSame(
            SchemaDump one, SchemaObject object, SchemaDump other, SchemaObject twin, boolean anyOrder) {
        return object.kind() == Kind.TABLE
                ? TableDiff.areEqual(
                        Objects.requireNonNull(TableState.find(one, object.name())),
                        Objects.requireNonNull(TableState.find(other, twin.name())),
                        anyOrder)
                : SchemaDiff.areSame(one, object, other, twin);
    }
}
