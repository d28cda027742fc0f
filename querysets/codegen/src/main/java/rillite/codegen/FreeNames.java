package rillite.codegen;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** FreeNames that are given to things side by side: no two are alike. */
final class FreeNames {

    private final Set<String> taken = new HashSet<>();
    private final boolean files;

    private FreeNames(boolean files) {
        this.files = files;
    }

    /** FreeNames of members of one class. */
    static FreeNames ofMembers() {
        return new FreeNames(false);
    }

    /** FreeNames of files: some file systems take upper and lower case, or two spellings of one letter, for the same. */
    static FreeNames ofFiles() {
        return new FreeNames(true);
    }

    /** The first of the wished names that is free, else the last one with the first number from 2 that is free. */
    String take(List<String> wished) {
        return take(wished, this::add);
    }

    /** As above, where a name is taken by other means. */
    static String take(List<String> wished, Predicate<String> taking) {
        for (String name : wished) {
            if (taking.test(name)) {
                return name;
            }
        }
        String last = wished.get(wished.size() - 1);
        int number = 2;
        while (!taking.test(last + number)) {
            number++;
        }
        return last + number;
    }

    /** Takes a name unless it is taken. */
    boolean add(String name) {
        return taken.add(folded(name));
    }

    /** Takes all names, or none when one of them is taken. */
    boolean addAll(List<String> names) {
        if (names.stream().map(this::folded).anyMatch(taken::contains)) {
            return false;
        }
        names.forEach(this::add);
        return true;
    }

    private String folded(String name) {
        return files
                ? Normalizer.normalize(name, Normalizer.Form.NFKC)
                        .toUpperCase(Locale.ROOT)
                        .toLowerCase(Locale.ROOT)
                : name;
    }
}
