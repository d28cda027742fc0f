package rillite.r2dbc;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Finds the index of a parameter by the identifier a caller binds it with. Immutable. */
final class ParameterNames {
    private static final int AMBIGUOUS = -1;
    private static final int LISTED = 20;
    private static final String PREFIXES = ":@$#";

    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> written;
    private final BitSet positional;

    /** {@code numbers}: name with prefix to number, in order of appearance; {@code positional}: indexes. */
    ParameterNames(Map<String, Integer> numbers, BitSet positional) {
        this.written = List.copyOf(numbers.keySet());
        this.positional = positional;
        numbers.forEach((name, number) -> indexes.merge(name.substring(1), number - 1, (first, second) -> AMBIGUOUS));
        numbers.forEach((name, number) -> indexes.put(name, number - 1));
    }

    /**
     * The index of {@code name}, written with its prefix or bare; positional parameters answer to {@code ?2},
     * {@code $2} and {@code 2}.
     *
     * @throws NoSuchElementException when no parameter has that name
     * @throws IllegalArgumentException for null and for a bare name that stands for several parameters
     */
    int indexOf(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("name must not be null");
        }
        Integer index = indexes.get(name);
        if (index == null) {
            return position(name);
        }
        if (index == AMBIGUOUS) {
            List<String> same = written.stream()
                    .filter(candidate -> candidate.substring(1).equals(name))
                    .toList();
            throw new IllegalArgumentException("Parameter name \"" + name + "\" is ambiguous: the SQL has "
                    + String.join(", ", same) + ". Bind with the prefix");
        }
        return index;
    }

    private int position(String name) {
        boolean prefixed = name.startsWith("?") || name.startsWith("$");
        int number = Digits.parse(name, prefixed ? 1 : 0, name.length(), ParameterSpace.LIMIT);
        if (number > 0 && positional.get(number - 1)) {
            return number - 1;
        }
        throw new NoSuchElementException(unknown(name));
    }

    private String unknown(String name) {
        List<String> known = new ArrayList<>(written);
        positional.stream().limit(LISTED).mapToObj(index -> "?" + (index + 1)).forEach(known::add);
        if (known.isEmpty()) {
            return "Unknown parameter \"" + name + "\": the SQL has no parameters";
        }
        StringBuilder text =
                new StringBuilder("Unknown parameter \"").append(name).append('"');
        String bare = !name.isEmpty() && PREFIXES.indexOf(name.charAt(0)) >= 0 ? name.substring(1) : name;
        List<String> near = Nearest.of(
                bare, written.stream().map(candidate -> candidate.substring(1)).toList());
        text.append(near.isEmpty() ? "." : ", did you mean \"" + near.get(0) + "\"?");
        text.append(" Parameters: ").append(String.join(", ", known.subList(0, Math.min(LISTED, known.size()))));
        int rest = written.size() + positional.cardinality() - Math.min(LISTED, known.size());
        return rest > 0 ? text.append(" and ").append(rest).append(" more").toString() : text.toString();
    }
}
