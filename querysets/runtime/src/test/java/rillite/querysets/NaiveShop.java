package rillite.querysets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.core.testing.Draw;
import rillite.querysets.schema.Column;
import rillite.querysets.schema.Relation;
import rillite.querysets.schema.Schema;

/**
 * A random schema with random rows, held twice: as a script for SQLite, and as plain maps that are searched row by row.
 * The names of relations come from the schema that was discovered.
 */
final class NaiveShop {

    /** One row by column names. */
    record Record(String table, Map<String, @Nullable Object> values) {
        @Nullable Object get(String column) {
            return values.get(column);
        }

        long id() {
            return (Long) Objects.requireNonNull(values.get("id"));
        }
    }

    private static final List<String> TEXTS = List.of("", "a", "A", "ab", "b%", "_x", "Éva", "éva", "z\\z");

    private final Map<String, List<Record>> tables = new LinkedHashMap<>();
    private final StringBuilder script = new StringBuilder();
    private @Nullable Schema schema;

    private NaiveShop() {}

    static NaiveShop draw(Draw draw) {
        NaiveShop shop = new NaiveShop();
        int count = draw.between(2, 4);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("item" + (char) ('a' + i));
        }
        List<List<Key>> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(keys(draw, names, i));
            shop.create(names.get(i), keys.get(i));
        }
        for (int i = 0; i < count; i++) {
            shop.fill(draw, names.get(i), keys.get(i));
        }
        if (draw.oneIn(2)) {
            shop.link(draw, names.get(0), names.get(1));
        }
        return shop;
    }

    private record Key(String column, String parent, boolean notNull, boolean unique) {}

    /** Keys point backwards or at the table itself, so that rows can be inserted in order. */
    private static List<Key> keys(Draw draw, List<String> names, int own) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < own; i++) {
            if (draw.oneIn(2) || i == own - 1) {
                keys.add(new Key(names.get(i) + "_id", names.get(i), draw.oneIn(2), draw.oneIn(5)));
            }
        }
        if (draw.oneIn(3)) {
            keys.add(new Key("boss_id", names.get(own), false, false));
        }
        return keys;
    }

    private void create(String table, List<Key> keys) {
        script.append("CREATE TABLE ")
                .append(table)
                .append(" (id INTEGER PRIMARY KEY, n INTEGER, m INTEGER NOT NULL, t TEXT");
        for (Key key : keys) {
            script.append(", ").append(key.column).append(" INTEGER");
            script.append(key.notNull ? " NOT NULL" : "").append(key.unique ? " UNIQUE" : "");
            script.append(" REFERENCES ").append(key.parent).append("(id)");
        }
        script.append(");\n");
        tables.put(table, new ArrayList<>());
    }

    private void fill(Draw draw, String table, List<Key> keys) {
        int rows = draw.below(8);
        for (int id = 1; id <= rows; id++) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            values.put("id", (long) id);
            values.put("n", draw.oneIn(4) ? null : (Object) (long) draw.between(-2, 4));
            values.put("m", (long) draw.between(0, 3));
            values.put("t", draw.oneIn(4) ? null : draw.pick(TEXTS));
            if (keys.stream().allMatch(key -> reference(draw, table, key, values))) {
                insert(table, values);
            }
        }
    }

    private boolean reference(Draw draw, String table, Key key, Map<String, @Nullable Object> values) {
        List<Long> free = new ArrayList<>();
        for (Record parent : rows(key.parent)) {
            boolean taken = key.unique
                    && rows(table).stream().anyMatch(row -> Objects.equals(row.get(key.column), parent.id()));
            if (!taken) {
                free.add(parent.id());
            }
        }
        if (free.isEmpty() || !key.notNull && draw.oneIn(3)) {
            values.put(key.column, null);
            return !key.notNull;
        }
        values.put(key.column, draw.pick(free));
        return true;
    }

    private void link(Draw draw, String left, String right) {
        String table = left + "_" + right;
        script.append("CREATE TABLE ")
                .append(table)
                .append(" (")
                .append(left)
                .append("_id INTEGER NOT NULL REFERENCES ");
        script.append(left)
                .append("(id), ")
                .append(right)
                .append("_id INTEGER NOT NULL REFERENCES ")
                .append(right);
        script.append("(id), PRIMARY KEY (")
                .append(left)
                .append("_id, ")
                .append(right)
                .append("_id));\n");
        tables.put(table, new ArrayList<>());
        for (Record a : rows(left)) {
            for (Record b : rows(right)) {
                if (draw.oneIn(3)) {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    values.put(left + "_id", a.id());
                    values.put(right + "_id", b.id());
                    insert(table, values);
                }
            }
        }
    }

    private void insert(String table, Map<String, @Nullable Object> values) {
        rows(table).add(new Record(table, values));
        List<String> literals = new ArrayList<>();
        values.values().forEach(value -> literals.add(literal(value)));
        script.append("INSERT INTO ").append(table).append(" (").append(String.join(", ", values.keySet()));
        script.append(") VALUES (").append(String.join(", ", literals)).append(");\n");
    }

    private static String literal(@Nullable Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }

    String script() {
        return script.toString();
    }

    void discovered(Schema found) {
        schema = found;
    }

    /** Tables with an id. */
    List<String> names() {
        return tables.keySet().stream().filter(name -> !name.contains("_")).toList();
    }

    List<Record> rows(String table) {
        return Objects.requireNonNull(tables.get(table));
    }

    List<Relation> relations(String table) {
        return Objects.requireNonNull(schema).relations(table).stream()
                .filter(relation -> !relation.target().name().contains("_"))
                .toList();
    }

    /** The rows to which a relation leads from a row. */
    List<Record> related(Record row, Relation relation) {
        if (relation.link() == null) {
            return matching(relation.target().name(), relation.to(), row, relation.from());
        }
        List<Record> targets = new ArrayList<>();
        for (Record link : matching(relation.link().table().name(), relation.to(), row, relation.from())) {
            targets.addAll(matching(
                    relation.target().name(),
                    relation.link().target(),
                    link,
                    relation.link().to()));
        }
        return targets;
    }

    private List<Record> matching(String table, List<Column> columns, Record row, List<Column> from) {
        return rows(table).stream()
                .filter(candidate -> {
                    for (int i = 0; i < columns.size(); i++) {
                        Object value = row.get(from.get(i).name());
                        if (value == null
                                || !value.equals(candidate.get(columns.get(i).name()))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }

    @Override
    public String toString() {
        return script();
    }
}
