package rillite.querysets.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the statements that created a table tell beyond its columns and keys.
 *
 * @param sql the CREATE statement as the file has it; empty when it is not known
 * @param autoincrement whether keys of deleted rows are never used again
 * @param checks CHECK constraints in the order in which they are written
 * @param module module of a virtual table, for example {@code fts5}, else null
 * @param triggers triggers, ordered by name
 */
public record Declaration(
        String sql,
        boolean autoincrement,
        List<Check> checks,
        @Nullable String module,
        List<Trigger> triggers) {

    /** Nothing is known. */
    public static final Declaration UNKNOWN = new Declaration("", false, List.of(), null, List.of());

    public Declaration {
        checks = List.copyOf(checks);
        triggers = List.copyOf(triggers);
    }
}
