package rillite.querysets;

import java.util.List;

/** Writes paths into JSON values. They are bound; every name is quoted. */
final class JsonAddress {

    private final StringBuilder text = new StringBuilder("$");

    private JsonAddress() {}

    /** Names of members, and positions of elements: {@code "a", 0} becomes {@code $."a"[0]}. */
    static String of(Object... elements) {
        JsonAddress path = new JsonAddress();
        for (Object element : elements) {
            if (element instanceof CharSequence name) {
                path.member(name.toString());
            } else if (element instanceof Integer || element instanceof Long) {
                path.element(((Number) element).longValue());
            } else {
                throw Errors.invalidValue("a path into JSON", element, "names of members and positions of elements");
            }
        }
        return path.text.toString();
    }

    /** Segments of a key, of which those that are numbers are positions: {@code a}, {@code 0} become {@code $."a"[0]}. */
    static String ofKey(List<String> segments) {
        JsonAddress path = new JsonAddress();
        for (String segment : segments) {
            boolean position = !segment.isEmpty()
                    && segment.length() < 10
                    && segment.chars().allMatch(c -> c >= '0' && c <= '9');
            if (position) {
                path.element(Long.parseLong(segment));
            } else {
                path.member(segment);
            }
        }
        return path.text.toString();
    }

    private void element(long position) {
        text.append('[').append(position < 0 ? "#" : "").append(position).append(']');
    }

    private void member(String name) {
        if (name.indexOf('\0') >= 0) {
            throw Errors.invalidValue("a path into JSON", name, "names without the character NUL");
        }
        text.append(".\"")
                .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"');
    }
}
