package rillite.querysets;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Relation;

/** Finds what the components of a record stand for: columns, annotations, and columns of rows related by to-one relations. */
final class RecordColumns {

    private RecordColumns() {}

    /**
     * The query, reading what the components name, unless it already chose what is read.
     *
     * @throws UnknownFieldException a component names nothing
     * @throws InvalidQueryException an annotation has no component, or the class is no record
     */
    static QueryState read(QueryState state, Class<?> type) {
        List<String> components = RecordBinding.names(type);
        if (state.isProjected()) {
            return state;
        }
        List<String> keys = new ArrayList<>();
        for (String component : components) {
            keys.add(key(state, component, type));
        }
        state.annotations().forEach((name, annotation) -> {
            if (annotation.selected() && !keys.contains(name)) {
                throw Errors.invalidQuery("The record " + type.getSimpleName()
                        + " has no component for the annotation \"" + name + "\". Use alias(..) for what is not read.");
            }
        });
        return state.values(keys);
    }

    private static String key(QueryState state, String component, Class<?> type) {
        String property = TableModel.propertyName(component);
        for (String name : state.annotations().keySet()) {
            if (name.equals(component) || TableModel.propertyName(name).equals(property)) {
                return name;
            }
        }
        TableModel model = state.model();
        String path = path(model, component);
        if (path == null) {
            throw Errors.unknownField(
                    component,
                    type.getSimpleName() + "." + component,
                    model.name(),
                    model.columnNames(),
                    model.relationNames());
        }
        return path;
    }

    private static @Nullable String path(TableModel model, String component) {
        if (model.find(component) != null || component.equals("pk")) {
            return component;
        }
        String property = TableModel.propertyName(component);
        if (model.find(property) != null) {
            return property;
        }
        for (Relation relation : model.relations()) {
            String name = TableModel.propertyName(relation.name());
            if (relation.kind().isMany() || !property.startsWith(name)) {
                continue;
            }
            String rest = property.substring(name.length());
            if (rest.isEmpty()) {
                return relation.name();
            }
            if (Character.isLowerCase(rest.charAt(0))) {
                continue;
            }
            String behind = path(model.target(relation), Character.toLowerCase(rest.charAt(0)) + rest.substring(1));
            if (behind != null) {
                return relation.name() + "__" + behind;
            }
        }
        return null;
    }
}
