package rillite.r2dbc;

import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The immutable shape of a result: names, declared types and tables of its columns, shared by all its rows.
 *
 * <p>Names are found whatever their case, and the first of several equal names wins.
 */
final class Columns {
    private static final int NAMES_SHOWN = 20;

    private final String[] names;
    private final DeclaredType[] types;
    private final @Nullable String[] tables;
    // Both are filled on first use without a lock: a lost race builds an equal value twice.
    private @Nullable NameIndex index;
    private @Nullable SqliteRowMetadata metadata;

    /** Takes one entry per column; a declared type or a table is null where SQLite knows none, as for expressions. */
    Columns(String[] names, @Nullable String[] declaredTypes, @Nullable String[] tables) {
        if (names.length != declaredTypes.length || names.length != tables.length) {
            throw new IllegalArgumentException("names, declared types and tables differ in length: " + names.length
                    + ", " + declaredTypes.length + ", " + tables.length);
        }
        this.names = names.clone();
        this.tables = tables.clone();
        this.types = new DeclaredType[names.length];
        for (int i = 0; i < names.length; i++) {
            types[i] = DeclaredType.of(declaredTypes[i]);
        }
    }

    int size() {
        return names.length;
    }

    String name(int column) {
        return names[column];
    }

    DeclaredType type(int column) {
        return types[column];
    }

    @Nullable String table(int column) {
        return tables[column];
    }

    /** Returns the index unchanged, or throws IndexOutOfBoundsException. */
    int check(int column) {
        if (column < 0 || column >= names.length) {
            throw new IndexOutOfBoundsException("Column index " + column + " is out of range: the row has "
                    + (names.length == 1
                            ? "1 column, index 0"
                            : names.length + " columns, 0 to " + (names.length - 1)));
        }
        return column;
    }

    /** Index of the first column of that name, or NoSuchElementException naming the nearest ones. */
    int indexOf(String name) {
        int column = find(name);
        if (column < 0) {
            throw unknown(name);
        }
        return column;
    }

    boolean contains(String name) {
        return find(name) >= 0;
    }

    SqliteRowMetadata metadata(Codecs codecs) {
        SqliteRowMetadata known = metadata;
        if (known == null || !known.isFor(codecs)) {
            known = new SqliteRowMetadata(this, codecs);
            metadata = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "Columns" + List.of(names);
    }

    private int find(String name) {
        if (name == null) {
            throw new IllegalArgumentException("name must not be null");
        }
        NameIndex known = index;
        if (known == null) {
            known = new NameIndex(names);
            index = known;
        }
        return known.find(name);
    }

    private NoSuchElementException unknown(String name) {
        List<String> all = List.of(names);
        List<String> near = Nearest.of(name, all);
        StringBuilder text = new StringBuilder("Unknown column \"").append(name).append("\".");
        if (!near.isEmpty()) {
            text.append(" Did you mean ").append(String.join(" or ", near)).append('?');
        }
        text.append(" Columns: ").append(String.join(", ", all.subList(0, Math.min(all.size(), NAMES_SHOWN))));
        if (all.size() > NAMES_SHOWN) {
            text.append(" and ").append(all.size() - NAMES_SHOWN).append(" more");
        }
        return new NoSuchElementException(text.append('.').toString());
    }

    /** An open-addressed table from every name, as written and in lower case, to the first column so called. */
    private static final class NameIndex {
        private final @Nullable String[] keys;
        private final int[] columns;

        NameIndex(String[] names) {
            int slots = Integer.highestOneBit(Math.max(1, names.length) * 4 - 1) * 2;
            keys = new String[slots];
            columns = new int[slots];
            for (int i = 0; i < names.length; i++) {
                int first = put(names[i].toLowerCase(Locale.ROOT), i);
                put(names[i], first);
            }
        }

        int find(String name) {
            int column = probe(name);
            if (column < 0) {
                String lower = name.toLowerCase(Locale.ROOT);
                column = lower.equals(name) ? column : probe(lower);
            }
            return column;
        }

        private int probe(String name) {
            int slot = slot(name);
            for (String key = keys[slot]; key != null; key = keys[slot]) {
                if (key.equals(name)) {
                    return columns[slot];
                }
                slot = slot + 1 & keys.length - 1;
            }
            return -1;
        }

        private int put(String name, int column) {
            int known = probe(name);
            if (known >= 0) {
                return known;
            }
            int slot = slot(name);
            while (keys[slot] != null) {
                slot = slot + 1 & keys.length - 1;
            }
            keys[slot] = name;
            columns[slot] = column;
            return column;
        }

        private int slot(String name) {
            int hash = name.hashCode();
            return (hash ^ hash >>> 16) & keys.length - 1;
        }
    }
}
