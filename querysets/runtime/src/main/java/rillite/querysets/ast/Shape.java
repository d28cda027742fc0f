package rillite.querysets.ast;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import rillite.querysets.schema.Table;

/**
 * What a tree is without its values: codes for its nodes, and the names they carry. Equal shapes have the same SQL text.
 *
 * <p>The codes alone tell how many names each node takes, so two flat lists say as much as the tree.
 */
final class Shape {

    private int[] codes = new int[24];
    private int codeCount;
    private Object[] names = new Object[8];
    private int nameCount;
    private int hash;

    void code(int code) {
        if (codeCount == codes.length) {
            codes = Arrays.copyOf(codes, 2 * codeCount);
        }
        codes[codeCount++] = code;
    }

    /** Adds a table, a column or a text. */
    void name(Object name) {
        if (nameCount == names.length) {
            names = Arrays.copyOf(names, 2 * nameCount);
        }
        names[nameCount++] = name;
    }

    /** A copy without spare room, to be kept. */
    Shape trimmed() {
        Shape copy = new Shape();
        copy.codes = Arrays.copyOf(codes, codeCount);
        copy.codeCount = codeCount;
        copy.names = Arrays.copyOf(names, nameCount);
        copy.nameCount = nameCount;
        copy.hash = hash;
        return copy;
    }

    /** The names of all tables of the statement in lower case, as SQLite compares them. */
    Set<String> tableNames() {
        Set<String> found = new HashSet<>();
        for (int i = 0; i < nameCount; i++) {
            if (names[i] instanceof Table table) {
                found.add(table.name().toLowerCase(Locale.ROOT));
            }
        }
        return found;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Shape that)
                || nameCount != that.nameCount
                || !Arrays.equals(codes, 0, codeCount, that.codes, 0, that.codeCount)) {
            return false;
        }
        for (int i = 0; i < nameCount; i++) {
            if (names[i] != that.names[i] && !names[i].equals(that.names[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            int computed = codeCount;
            for (int i = 0; i < codeCount; i++) {
                computed = 31 * computed + codes[i];
            }
            for (int i = 0; i < nameCount; i++) {
                computed = 31 * computed + names[i].hashCode();
            }
            hash = computed;
        }
        return hash;
    }
}
