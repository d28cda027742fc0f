package rillite.querysets;

import java.util.ArrayList;
import java.util.List;

/**
 * A key such as {@code author__mentor__name__gte}, taken apart.
 *
 * @param text the whole key as written, for messages
 * @param segments its parts; a key that was built from columns may have parts that contain {@code __}
 */
record KeyPath(String text, List<String> segments) {

    private static final String SEPARATOR = "__";

    static KeyPath of(String key) {
        int end = key.indexOf(SEPARATOR);
        if (end < 0) {
            return new KeyPath(key, List.of(key));
        }
        List<String> segments = new ArrayList<>(4);
        int start = 0;
        while (end >= 0) {
            segments.add(key.substring(start, end));
            start = end + SEPARATOR.length();
            end = key.indexOf(SEPARATOR, start);
        }
        segments.add(key.substring(start));
        return new KeyPath(key, segments);
    }

    /** A path of known parts. */
    static KeyPath of(List<String> segments) {
        return new KeyPath(String.join(SEPARATOR, segments), List.copyOf(segments));
    }

    int size() {
        return segments.size();
    }

    String segment(int index) {
        return segments.get(index);
    }

    /** The first parts as one text. */
    String start(int size) {
        return size == segments.size() ? text : String.join(SEPARATOR, segments.subList(0, size));
    }

    /** The parts from a position on, under the text of the whole key. */
    KeyPath from(int index) {
        return new KeyPath(text, segments.subList(index, segments.size()));
    }

    /** This path with more parts at its end. */
    KeyPath then(List<String> more) {
        List<String> all = new ArrayList<>(segments);
        all.addAll(more);
        return of(all);
    }

    @Override
    public String toString() {
        return text;
    }
}
