package rillite.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.FullTextIndex;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;
import rillite.querysets.schema.Table;

/** Decides what each table is in Java. Used once. */
final class Shapes {

    /** A constructor takes at most 255 words of arguments, itself included; long and double take two. */
    private static final int MOST_WORDS = 254;

    /** Longer names are no names that anybody gave, and too long for a text in a class file. */
    private static final int LONGEST = 1_000;

    /** Where migrations keep what they have applied, and the command line how far imports are. */
    private static final Set<String> OWN = Set.of("rillite_migration", "rillite_import");

    private final Schema schema;
    private final CodegenOptions options;
    private final TableNames names;
    private final List<TableShape> tables = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Shapes(Schema schema, CodegenOptions options) {
        this.schema = schema;
        this.options = options;
        new OptionChecks(schema, options).run();
        List<Table> written = schema.tables().stream().filter(this::isWritten).toList();
        names = new TableNames(written, options);
        for (Table table : written) {
            tables.add(shape(table));
        }
    }

    /** In the order of the schema. */
    List<TableShape> tables() {
        return tables;
    }

    /** What was left out, and why. */
    List<String> notes() {
        return notes;
    }

    private boolean isWritten(Table table) {
        if (table.kind() == Table.Kind.SHADOW || OWN.contains(table.name()) || !options.includes(table.name())) {
            return false;
        }
        List<Column> columns = table.visibleColumns();
        String why = null;
        if (table.problem() != null) {
            why = "its columns could not be read: " + table.problem();
        } else if (columns.isEmpty()) {
            why = "it has no columns";
        } else if (columns.size() > MOST_WORDS) {
            why = "a record of Java has at most " + MOST_WORDS + " components, and it has " + columns.size()
                    + " columns";
        } else if (table.name().length() > LONGEST
                || columns.stream().anyMatch(column -> column.name().length() > LONGEST)) {
            why = "a name of more than " + LONGEST + " characters is none for Java";
        }
        if (why != null) {
            notes.add("\"" + shortened(table.name()) + "\" is left out: " + why + ".");
        }
        return why == null;
    }

    private static String shortened(String name) {
        return name.length() > 60 ? name.substring(0, 60) + ".." : name;
    }

    private TableShape shape(Table table) {
        RowNames row = names.of(table);
        FreeNames members = FreeNames.ofMembers();
        members.add(row.constant());
        names.types().forEach(members::add);
        List<ColumnShape> columns = columns(table, members);
        List<RelationShape> relations = relations(table, row, columns, members);
        TableShape shape = TableShape.of(table, row, columns, relations, MOST_WORDS);
        if (shape.loaded().size() < relations.size()) {
            notes.add("The record of \"" + table.name() + "\" has no components for "
                    + (relations.size() - shape.loaded().size()) + " of its relations: there are too many.");
        }
        return shape;
    }

    private List<ColumnShape> columns(Table table, FreeNames members) {
        List<Column> visible = table.visibleColumns();
        // A relation takes one word, a column two at the most.
        boolean boxed = 2 * visible.size() + schema.relations(table.name()).size() > MOST_WORDS;
        Map<String, String> chosen = new LinkedHashMap<>();
        for (Column column : visible) {
            String name = options.naming().columns().get(column.qualifiedName());
            if (name != null) {
                if (!members.add(name)) {
                    throw new CodegenException("The column " + column.qualifiedName() + " cannot be named \"" + name
                            + "\": the name is needed for something else.");
                }
                chosen.put(column.name(), name);
            }
        }
        List<ColumnShape> columns = new ArrayList<>();
        for (Column column : visible) {
            String name = chosen.get(column.name());
            columns.add(new ColumnShape(
                    column,
                    name == null ? members.take(List.of(JavaNames.member(column.name()))) : name,
                    type(table, column),
                    boxed));
        }
        return columns;
    }

    private ValueType type(Table table, Column column) {
        ValueType type =
                FullTextIndex.of(table) != null && column.declaredType().isEmpty()
                        ? ValueType.of(Kind.TEXT)
                        : ValueType.of(column.type());
        boolean exact = false;
        for (TypeOverride override : options.types()) {
            if (override.fits(table.name(), column.name()) && (override.isExact() || !exact)) {
                type = override.value();
                exact = override.isExact();
            }
        }
        return type;
    }

    private List<RelationShape> relations(Table table, RowNames row, List<ColumnShape> columns, FreeNames members) {
        List<RelationShape> relations = new ArrayList<>();
        Set<ColumnShape> replaced = new HashSet<>();
        for (Relation relation : schema.relations(table.name())) {
            RowNames target = names.find(relation.target());
            if (target != null) {
                String wished = JavaNames.member(relation.name());
                String name = members.take(List.of(wished));
                ColumnShape key = key(relation, columns);
                boolean replaces = key != null && key.name().equalsIgnoreCase(wished + "Id") && replaced.add(key);
                relations.add(new RelationShape(relation, name, row, target, key, replaces));
            }
        }
        return relations;
    }

    private static @Nullable ColumnShape key(Relation relation, List<ColumnShape> columns) {
        if (relation.kind() != Relation.Kind.TO_ONE || relation.from().size() > 1) {
            return null;
        }
        return columns.stream()
                .filter(column -> column.column().equals(relation.from().get(0)))
                .findFirst()
                .orElse(null);
    }
}
