package rillite.querysets;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows: each component takes the value of its name, {@code author_name} and {@code authorName} being one
 * name. Every value must have its component and every component its value.
 *
 * @param <T> the record
 */
final class RecordBinding<T> implements Function<Row, T> {

    private final Class<T> type;
    private final List<RecordComponent> components;
    private final Constructor<T> constructor;
    private final int[] places;

    private RecordBinding(Class<T> type, List<RecordComponent> components, Constructor<T> constructor, int[] places) {
        this.type = type;
        this.components = components;
        this.constructor = constructor;
        this.places = places;
    }

    /**
     * The binding for rows with these values, in this order.
     *
     * @throws UnknownFieldException a component has no value
     * @throws InvalidQueryException a value has no component, or the class is no record that can be made
     */
    static <T> RecordBinding<T> of(Class<T> type, List<String> names) {
        List<RecordComponent> components = components(type);
        int[] places = new int[components.size()];
        List<String> unused = new ArrayList<>(names);
        for (int i = 0; i < places.length; i++) {
            String component = components.get(i).getName();
            places[i] = place(component, names);
            if (places[i] < 0) {
                throw Errors.unknownField(
                        component, type.getSimpleName() + "." + component, "the values of the query", names);
            }
            unused.remove(names.get(places[i]));
        }
        if (!unused.isEmpty()) {
            throw Errors.invalidQuery("The record " + type.getSimpleName() + " has no component for \""
                    + String.join("\", \"", unused) + "\", which the query reads. Leave it out of values(..), or add \""
                    + TableModel.propertyName(unused.get(0)) + "\" to the record. Components: "
                    + Errors.list(names(type)));
        }
        return new RecordBinding<>(type, components, constructor(type, components), places);
    }

    /** The names of the components of a record, or throws. */
    static List<String> names(Class<?> type) {
        return components(type).stream().map(RecordComponent::getName).toList();
    }

    private static List<RecordComponent> components(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null || components.length == 0) {
            throw Errors.invalidQuery("into needs a record with components, " + type.getSimpleName() + " is "
                    + (components == null ? "no record" : "without any") + ".");
        }
        return List.of(components);
    }

    private static int place(String component, List<String> names) {
        int exact = names.indexOf(component);
        if (exact >= 0) {
            return exact;
        }
        String property = TableModel.propertyName(component);
        for (int i = 0; i < names.size(); i++) {
            if (TableModel.propertyName(names.get(i)).equals(property)) {
                return i;
            }
        }
        return -1;
    }

    private static <T> Constructor<T> constructor(Class<T> type, List<RecordComponent> components) {
        Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw Errors.invalidQuery("The constructor of the record " + type.getName()
                    + " is not accessible. Make the record public, or open its package to rillite.querysets.");
        }
    }

    /** The record of a row; {@link InvalidValueException} when a value does not fit its component. */
    @Override
    public T apply(Row row) {
        @Nullable Object[] values = new @Nullable Object[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(row, places[i], components.get(i));
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new InvalidValueException(
                    "The record " + type.getSimpleName() + " refuses a row of " + row.tableName() + " with "
                            + e.getTargetException().getClass().getSimpleName() + ".",
                    e.getTargetException());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object value(Row row, int place, RecordComponent component) {
        Class<?> wanted = component.getType();
        boolean optional = wanted == Optional.class;
        Class<?> read = optional ? element(component) : wanted;
        Object value = row.at(place, read);
        if (optional) {
            return Optional.ofNullable(value);
        }
        if (value == null && wanted.isPrimitive()) {
            throw new InvalidValueException(
                    "The value of " + row.label(place) + " is NULL, which the component " + wanted.getSimpleName() + " "
                            + component.getName() + " of " + type.getSimpleName()
                            + " cannot hold. Declare it as a class or Optional, or leave such rows out.",
                    null);
        }
        return value;
    }

    private static Class<?> element(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType generic
                        && generic.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : Object.class;
    }

    /** The record and its components. */
    @Override
    public String toString() {
        return type.getSimpleName() + Arrays.toString(components.toArray());
    }
}
