package rillite.cli.data;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;

/** The objects of a text with one in each line. Empty lines are left out. */
final class JsonEntries implements Entries {

    private static final int BUFFER = 8192;

    private final Reader in;
    private final String name;
    private final List<String> names;
    private final int longest;
    private final char[] buffer = new char[BUFFER];
    private int from;
    private int to;
    private long line;

    /**
     * @param name of the input, for messages
     * @param names the names to look for; others are a problem of their record
     * @param longest characters of one line at the most
     */
    JsonEntries(Reader in, String name, List<String> names, int longest) {
        this.in = in;
        this.name = name;
        this.names = List.copyOf(names);
        this.longest = longest;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable Entry next() {
        String text = text();
        if (text == null) {
            return null;
        }
        try {
            Map<String, @Nullable Object> object = object(text);
            List<@Nullable Object> values = new ArrayList<>(names.size());
            names.forEach(wanted -> values.add(object.remove(wanted)));
            String problem = object.isEmpty()
                    ? null
                    : "nothing is known of the name \""
                            + object.keySet().iterator().next() + "\"";
            return new Entry(line, values, text, problem);
        } catch (BadValueException e) {
            return new Entry(line, List.of(), text, e.reason());
        }
    }

    /** The next object with all its names; what is none is left out. Null at the end. */
    @Nullable Map<String, @Nullable Object> nextObject() {
        for (String text = text(); text != null; text = text()) {
            try {
                return object(text);
            } catch (BadValueException problem) {
                // told when the line is to become a row
            }
        }
        return null;
    }

    private static Map<String, @Nullable Object> object(String text) {
        if (!(JsonText.parse(text) instanceof Map<?, ?> parsed)) {
            throw new BadValueException("no JSON object");
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        parsed.forEach((key, value) -> object.put((String) key, value));
        return object;
    }

    /** The next line that is not empty; null at the end. */
    private @Nullable String text() {
        try {
            for (String text = line(); text != null; text = line()) {
                if (!text.isBlank()) {
                    return text;
                }
            }
            return null;
        } catch (IOException e) {
            throw new Failure(name + " cannot be read after line " + line + ": " + e.getMessage() + ".", e);
        }
    }

    private @Nullable String line() throws IOException {
        StringBuilder text = new StringBuilder();
        boolean any = false;
        while (from < to || fill()) {
            any = true;
            char c = buffer[from++];
            if (c == '\n') {
                break;
            }
            if (text.length() == longest) {
                throw new Failure(name + ": line " + (line + 1)
                        + " is longer than --max-record allows: one object stands in each line.");
            }
            text.append(c);
        }
        line += any ? 1 : 0;
        return any ? text.toString() : null;
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, BUFFER));
        return to > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
