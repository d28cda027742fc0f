package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.SchemaObject.Kind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Names;

/**
 * Finds out what was renamed: what the caller says, and what differs by upper and lower case only. Whatever else looks like
 * it becomes a question.
 */
final class RenameFinder {

    private final SchemaDump before;
    private final SchemaDump after;
    private final Decisions decisions;
    private final Map<String, String> tables = new LinkedHashMap<>();
    private final Map<Place, String> columns = new LinkedHashMap<>();
    /** The new places of columns that were given another name, and not only in upper and lower case. */
    private final Set<Place> targets = new HashSet<>();

    private final List<RenameQuestion> questions = new ArrayList<>();

    private RenameFinder(SchemaDump before, SchemaDump after, Decisions decisions) {
        this.before = before;
        this.after = after;
        this.decisions = decisions;
    }

    /**
     * Compares two schemas.
     *
     * @throws RenameUndecidedException something looks renamed and nobody has said whether it was
     * @throws InvalidDecisionException a name that was given is not there
     */
    static Renames find(SchemaDump before, SchemaDump after, Decisions decisions) {
        RenameFinder finder = new RenameFinder(before, after, decisions);
        List<Decisions.Rename> ofColumns = new ArrayList<>();
        for (Decisions.Rename rename : decisions.renames()) {
            if (before.find(Kind.TABLE, rename.from()) == null) {
                ofColumns.add(rename);
            } else {
                finder.table(rename);
            }
        }
        ofColumns.forEach(finder::column);
        finder.columns.forEach((place, to) -> {
            if (!Names.same(String.valueOf(place.column()), to)) {
                finder.targets.add(Place.of(place.table(), to));
            }
        });
        finder.decidedNames();
        finder.tables();
        if (!finder.questions.isEmpty()) {
            throw MakeErrors.undecided(finder.questions);
        }
        return new Renames(before, finder.tables, finder.columns);
    }

    private void table(Decisions.Rename rename) {
        SchemaObject from = present(before.find(Kind.TABLE, rename.from()));
        SchemaObject to = after.find(Kind.TABLE, rename.to());
        if (to == null) {
            throw MakeErrors.noSuchTarget(rename, "table", names(after.all(Kind.TABLE)));
        }
        SchemaObject there = before.find(Kind.TABLE, to.name());
        boolean makesRoom =
                there != null && decisions.renames().stream().anyMatch(other -> there.isNamed(other.from()));
        if (there != null && !makesRoom && !there.isNamed(from.name())) {
            throw MakeErrors.targetExists(rename, "table");
        }
        tables.put(from.name(), to.name());
    }

    private void column(Decisions.Rename rename) {
        Place place = Place.find(rename.from(), before);
        String table = place == null ? null : tableAfter(place.table());
        if (place == null) {
            Place renamed = underNewName(rename.from());
            if (renamed == null) {
                throw MakeErrors.noSuchPlace("rename", rename.from(), before);
            }
            place = renamed;
            table = tableAfter(renamed.table());
        }
        SchemaObject target = table == null ? null : after.find(Kind.TABLE, table);
        if (target == null) {
            throw MakeErrors.noSuchPlace("rename", rename.from(), after);
        }
        List<Column> known = after.table(target.name()).columns();
        Column to = column(known, rename.to());
        if (to == null) {
            throw MakeErrors.noSuchTarget(
                    rename, "column", known.stream().map(Column::name).toList());
        }
        Column there = column(before.table(place.table()).columns(), to.name());
        String from = String.valueOf(place.column());
        if (there != null
                && !Names.same(there.name(), from)
                && !makesRoom(place.table(), target.name(), there.name())) {
            throw MakeErrors.targetExists(rename, "column");
        }
        if (AlterLimits.isRowidName(from) || AlterLimits.isRowidName(to.name())) {
            throw MakeErrors.rowidName(place, Place.of(target.name(), to.name()));
        }
        columns.put(Place.of(target.name(), from), to.name());
    }

    private boolean makesRoom(String tableBefore, String tableAfter, String column) {
        return decisions.renames().stream()
                .anyMatch(other -> Names.same(other.from(), tableBefore + "." + column)
                        || Names.same(other.from(), tableAfter + "." + column));
    }

    /** A column that was named behind the new name of its table. */
    private @Nullable Place underNewName(String name) {
        for (Map.Entry<String, String> rename : tables.entrySet()) {
            String prefix = rename.getValue() + ".";
            if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                return Place.find(rename.getKey() + "." + name.substring(prefix.length()), before);
            }
        }
        return null;
    }

    private void decidedNames() {
        for (String name : decisions.notRenamed()) {
            if (Place.find(name, before) == null && underNewName(name) == null) {
                throw MakeErrors.noSuchPlace("notRenamed", name, before);
            }
        }
    }

    private String tableAfter(String table) {
        return tables.getOrDefault(table, table);
    }

    private void tables() {
        List<SchemaObject> gone = new ArrayList<>();
        Set<SchemaObject> come = new LinkedHashSet<>(after.all(Kind.TABLE));
        Set<String> given = new HashSet<>(tables.values());
        come.removeIf(table -> decisions.isIgnored(table.name()) || given.contains(table.name()));
        for (SchemaObject table : before.all(Kind.TABLE)) {
            if (decisions.isIgnored(table.name())) {
                continue;
            }
            SchemaObject now = after.find(Kind.TABLE, tableAfter(table.name()));
            if (now == null || !tables.containsKey(table.name()) && given.contains(now.name())) {
                gone.add(table);
            } else {
                come.remove(now);
                if (!now.name().equals(table.name())) {
                    tables.put(table.name(), now.name());
                }
                columns(table, now);
            }
        }
        AlikeTables alike = new AlikeTables(after, come);
        for (SchemaObject table : gone) {
            if (!isDecided(table.name(), table.name())) {
                ask(table.name(), null, alike.to(before.table(table.name())));
            }
        }
    }

    private void ask(String table, @Nullable String column, List<String> candidates) {
        if (!candidates.isEmpty()) {
            questions.add(new RenameQuestion(table, column, candidates));
        }
    }

    private void columns(SchemaObject from, SchemaObject to) {
        List<Column> gone = new ArrayList<>();
        List<Column> come = new ArrayList<>(after.table(to.name()).columns());
        come.removeIf(column -> column.isGenerated() || isRenamedTo(to.name(), column.name()));
        for (Column column : before.table(from.name()).columns()) {
            if (columns.containsKey(Place.of(to.name(), column.name()))) {
                continue;
            }
            Column now = column(after.table(to.name()).columns(), column.name());
            if (now == null || isRenamedTo(to.name(), now.name())) {
                gone.add(column);
            } else {
                come.remove(now);
                if (!now.name().equals(column.name())) {
                    columns.put(Place.of(to.name(), column.name()), now.name());
                }
            }
        }
        come.removeIf(column -> hasBackfill(to.name(), column.name()));
        for (Column column : gone) {
            if (!column.isGenerated()
                    && !isDecided(from.name() + "." + column.name(), to.name() + "." + column.name())) {
                ask(from.name(), column.name(), alike(column, come));
            }
        }
    }

    private static List<String> alike(Column gone, List<Column> come) {
        return come.stream()
                .filter(column -> column.affinity() == gone.affinity())
                .limit(RenameQuestion.MOST)
                .map(Column::name)
                .toList();
    }

    private boolean isRenamedTo(String table, String column) {
        return targets.contains(Place.of(table, column));
    }

    private boolean hasBackfill(String table, String column) {
        return decisions.backfills().keySet().stream().anyMatch(name -> Names.same(name, table + "." + column));
    }

    private boolean isDecided(String name, String newName) {
        return decisions.notRenamed().stream()
                .anyMatch(decided -> Names.same(decided, name) || Names.same(decided, newName));
    }

    private static List<String> names(List<SchemaObject> objects) {
        return objects.stream().map(SchemaObject::name).toList();
    }

    private static @Nullable Column column(List<Column> columns, String name) {
        return columns.stream()
                .filter(column -> Names.same(column.name(), name))
                .findFirst()
                .orElse(null);
    }

    private static SchemaObject present(@Nullable SchemaObject object) {
        return Objects.requireNonNull(object);
    }
}
