package rillite.querysets.migrate.make;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.migrate.make.DraftWarning.Kind;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.FullTextIndex;
import rillite.querysets.schema.Names;
import rillite.querysets.schema.Table;

/** The way from one schema to another in which nothing has another name. */
final class SchemaDiff {

    private final SchemaDump from;
    private final SchemaDump to;
    private final DiffTerms terms;
    private final List<SchemaChange> drops = new ArrayList<>();
    private final List<SchemaChange> alters = new ArrayList<>();
    private final List<SchemaChange> rebuilds = new ArrayList<>();
    private final List<SchemaChange> creates = new ArrayList<>();
    private final Set<String> remade = new LinkedHashSet<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final List<String> losses = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();
    private final List<DraftWarning> warnings = new ArrayList<>();

    private SchemaDiff(SchemaDump from, SchemaDump to, DiffTerms terms) {
        this.from = from;
        this.to = to;
        this.terms = terms;
    }

    static SchemaDiff between(SchemaDump from, SchemaDump to, DiffTerms terms) {
        SchemaDiff diff = new SchemaDiff(from, to, terms);
        diff.tables();
        diff.virtualTables();
        diff.dependents();
        return diff;
    }

    private void tables() {
        for (SchemaObject object : from.all(SchemaObject.Kind.TABLE)) {
            TableState now = TableState.find(to, object.name());
            if (now == null) {
                gone.add(Names.fold(object.name()));
                drops.add(new SchemaChange.Drop("table", object.name()));
                loss("table " + object.name(), object.name(), "all its rows are lost.");
            } else {
                table(new TableState(object.text(), from.table(object.name())), now);
            }
        }
        for (SchemaObject object : to.all(SchemaObject.Kind.TABLE)) {
            if (from.find(SchemaObject.Kind.TABLE, object.name()) == null) {
                creates.add(new SchemaChange.Create("table", object.name(), List.of(object.sql())));
            }
        }
    }

    private void table(TableState old, TableState now) {
        TableDiff diff = TableDiff.of(old, now, terms);
        for (Column column : old.table().columns()) {
            boolean stays = now.column(column.name())
                    .filter(other -> !other.isGenerated())
                    .isPresent();
            if (!stays && !column.isGenerated()) {
                String place = now.name() + "." + column.name();
                loss("column " + place, place, "its values are lost.");
            }
        }
        if (!diff.reasons().isEmpty()) {
            remade.add(Names.fold(now.name()));
            Rebuild rebuild = new Rebuild(old, now, diff.reasons(), terms, this::isTaken);
            rebuilds.add(rebuild.change());
            missing.addAll(rebuild.rows().missing());
            warnings.add(new DraftWarning(
                    Kind.REBUILD,
                    terms.rollback(),
                    now.name(),
                    now.name() + " is rebuilt: all its rows are copied, and nobody else writes meanwhile. Why: "
                            + String.join("; ", diff.reasons()) + ".",
                    terms.rollback()
                            ? null
                            : "SELECT * FROM " + Names.written(terms.renames().tableBefore(old.name())),
                    -1));
            warnings.addAll(rebuild.rows().warnings());
        } else {
            alters.addAll(diff.alters());
        }
        if (!diff.isEmpty()) {
            warnings.addAll(ConstraintFit.warnings(old, now, terms));
        }
    }

    private boolean isTaken(String name) {
        return from.isTaken(name) || to.isTaken(name);
    }

    private void loss(String what, String subject, String text) {
        losses.add(what);
        warnings.add(DraftWarning.of(Kind.LOSS, terms.rollback(), subject, subject + ": " + text));
    }

    private void virtualTables() {
        for (SchemaObject object : from.all(SchemaObject.Kind.VIRTUAL_TABLE)) {
            SchemaObject now = to.find(object.kind(), object.name());
            if (now == null) {
                drops.add(new SchemaChange.Drop("virtual table", object.name()));
                if (indexed(from.table(object.name())) == null) {
                    loss("virtual table " + object.name(), object.name(), "what it holds is lost.");
                }
            } else if (!isSame(object, now)) {
                unsupported.add(object.toString());
            }
        }
        for (SchemaObject object : to.all(SchemaObject.Kind.VIRTUAL_TABLE)) {
            if (from.find(object.kind(), object.name()) == null) {
                List<String> statements = new ArrayList<>(List.of(object.sql()));
                if (indexed(to.table(object.name())) != null) {
                    String name = Names.written(object.name());
                    statements.add("INSERT INTO " + name + " (" + name + ") VALUES ('rebuild')");
                }
                creates.add(new SchemaChange.Create("virtual table", object.name(), statements));
            }
        }
    }

    /** The table whose rows a full-text index can read again; null if it has its own, or none. */
    private static @Nullable String indexed(Table table) {
        FullTextIndex index = FullTextIndex.of(table);
        return index == null || index.content().isEmpty() ? null : index.content();
    }

    /** Indexes, views and triggers: those that differ, and those that stand in the way of a rebuild. */
    private void dependents() {
        Set<SchemaObject> touched = new Dependents(from).touched(remade, object -> !isKept(object));
        List<SchemaChange> before = new ArrayList<>();
        drop(before, SchemaObject.Kind.TRIGGER, touched);
        drop(before, SchemaObject.Kind.VIEW, touched);
        drop(before, SchemaObject.Kind.INDEX, touched);
        drops.addAll(0, before);
        create(SchemaObject.Kind.INDEX, touched);
        create(SchemaObject.Kind.VIEW, touched);
        create(SchemaObject.Kind.TRIGGER, touched);
    }

    private void drop(List<SchemaChange> changes, SchemaObject.Kind kind, Set<SchemaObject> touched) {
        for (SchemaObject object : from.all(kind)) {
            boolean withItsTable = gone.contains(Names.fold(object.table()))
                    || kind == SchemaObject.Kind.INDEX && remade.contains(Names.fold(object.table()));
            if (touched.contains(object) && !withItsTable) {
                changes.add(new SchemaChange.Drop(kind.toString(), object.name()));
            }
        }
    }

    private void create(SchemaObject.Kind kind, Set<SchemaObject> touched) {
        for (SchemaObject object : to.all(kind)) {
            SchemaObject old = from.find(kind, object.name());
            if (old == null || touched.contains(old)) {
                creates.add(new SchemaChange.Create(kind.toString(), object.name(), List.of(object.sql())));
            }
        }
    }

    private boolean isKept(SchemaObject object) {
        SchemaObject now = to.find(object.kind(), object.name());
        return now != null && isSame(object, now);
    }

    private boolean isSame(SchemaObject object, SchemaObject other) {
        return areSame(from, object, to, other);
    }

    /** Whether two objects that are no tables say the same under the same name, and a view has the same columns. */
    static boolean areSame(SchemaDump from, SchemaObject object, SchemaDump to, SchemaObject other) {
        return object.name().equals(other.name())
                && object.saysTheSame(other)
                && (object.kind() != SchemaObject.Kind.VIEW
                        || names(from.table(object.name())).equals(names(to.table(other.name()))));
    }

    private static List<String> names(Table view) {
        return view.columns().stream().map(Column::name).toList();
    }

    /** All changes in the order in which they are to be made. */
    List<SchemaChange> changes() {
        List<SchemaChange> all = new ArrayList<>(drops);
        all.addAll(alters);
        all.addAll(rebuilds);
        all.addAll(creates);
        return all;
    }

    boolean isRebuilt(String table) {
        return remade.contains(Names.fold(table));
    }

    /** What is lost: {@code column book.isbn}. */
    List<String> losses() {
        return losses;
    }

    /** Columns that need a value, as {@code book.isbn}. */
    List<String> missing() {
        return missing;
    }

    /** What no migration is made for. */
    List<String> unsupported() {
        return unsupported;
    }

    List<DraftWarning> warnings() {
        return warnings;
    }
}
