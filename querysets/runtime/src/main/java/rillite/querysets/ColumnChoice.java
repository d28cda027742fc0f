package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;

/**
 * Which columns of whole rows, and of the rows joined to them, are read.
 *
 * @param verb {@code only}, {@code defer}, or nothing when all are
 * @param named the columns that it names
 */
record ColumnChoice(String verb, List<Named> named) {

    static final String ONLY = "only";
    static final String DEFER = "defer";

    static final ColumnChoice ALL = new ColumnChoice("", List.of());

    /** Columns of the row at the end of a way of to-one relations. */
    record Named(List<Relation> way, List<Column> columns) {
        public Named {
            way = List.copyOf(way);
            columns = List.copyOf(columns);
        }
    }

    public ColumnChoice {
        named = List.copyOf(named);
    }

    static ColumnChoice of(String verb, TableModel model, List<String> keys) {
        List<Named> named = new ArrayList<>();
        keys.forEach(key -> named.add(named(verb, model, KeyPath.of(key))));
        return new ColumnChoice(verb, named);
    }

    private static Named named(String verb, TableModel root, KeyPath key) {
        Column whole = root.find(key.text());
        if (whole != null) {
            return new Named(List.of(), List.of(whole));
        }
        TableModel model = root;
        List<Relation> way = new ArrayList<>();
        for (int i = 0; ; i++) {
            String segment = key.segment(i);
            boolean last = i + 1 == key.size();
            Relation relation = model.find(segment) == null ? model.relation(segment) : null;
            if (relation == null) {
                Column column = model.find(segment);
                if (column == null && !segment.equals("pk")) {
                    throw Errors.unknownField(
                            segment, key.text(), i, model.name(), model.columnNames(), model.relationNames());
                }
                List<Column> columns = column == null ? model.keyFor("read pk of") : List.of(column);
                if (!last) {
                    throw Errors.unknownRelation(key, i, model);
                }
                return new Named(way, columns);
            }
            if (relation.kind().isMany()) {
                throw LoadingErrors.toManyInColumns(verb, relation, key);
            }
            if (last) {
                return new Named(way, relation.kind() == Relation.Kind.TO_ONE ? relation.from() : List.of());
            }
            way.add(relation);
            model = model.target(relation);
        }
    }

    /**
     * The columns of the row at the end of a way, in the order of the table: the key and what others need is always among
     * them.
     */
    List<Column> columns(TableModel model, List<Relation> way, List<Column> needed) {
        Set<Column> chosen = new LinkedHashSet<>();
        boolean mentioned = false;
        for (Named one : named) {
            boolean here = one.way().equals(way);
            boolean beyond = one.way().size() > way.size()
                    && one.way().subList(0, way.size()).equals(way);
            mentioned |= here || beyond;
            if (here) {
                chosen.addAll(one.columns());
            } else if (beyond && verb.equals(ONLY)) {
                chosen.addAll(one.way().get(way.size()).from());
            }
        }
        if (!mentioned) {
            return model.visible();
        }
        Set<Column> wanted = new LinkedHashSet<>();
        for (Column column : model.visible()) {
            boolean always = model.key().contains(column) || needed.contains(column);
            if (always || chosen.contains(column) == verb.equals(ONLY)) {
                wanted.add(column);
            }
        }
        return List.copyOf(wanted);
    }
}
