package rillite.cli.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;
import rillite.cli.Output;

/**
 * The records of a CSV text: an empty field is NULL, one in quotes is an empty text. Empty lines are left out, but where
 * records have one field: there they are NULL.
 */
final class CsvEntries implements Entries {

    private static final int MOST_FIELDS = 32_766;

    private final String name;
    private final CsvReader<Entry> reader;
    private final CloseableIterator<Entry> records;
    private final List<String> names;
    private long line = 1;
    /** Fields of the first record; 0 before it. */
    private int width;

    /**
     * @param name of the input, for messages
     * @param header whether the first record is the names
     * @param longest characters of one record at the most
     */
    CsvEntries(Reader in, String name, char delimiter, boolean header, int longest) {
        this.name = name;
        reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(false)
                .skipEmptyLines(false)
                .maxBufferSize(longest)
                .build(new Fields(longest), in);
        records = reader.iterator();
        Entry first = header ? read() : null;
        names = first == null
                ? List.of()
                : first.values().stream()
                        .map(value -> value == null ? "" : value.toString().strip())
                        .toList();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable Entry next() {
        Entry entry = read();
        if (entry == null || names.isEmpty() || entry.values().size() == names.size()) {
            return entry;
        }
        String problem = Output.count(entry.values().size(), "field") + " where the header has "
                + Output.count(names.size(), "name");
        return new Entry(entry.line(), entry.values(), null, problem);
    }

    private @Nullable Entry read() {
        try {
            while (records.hasNext()) {
                Entry entry = records.next();
                line = entry.line();
                boolean empty = entry.values().isEmpty();
                if (!empty || width == 1) {
                    width = width == 0 ? entry.values().size() : width;
                    return empty ? new Entry(line, Collections.singletonList(null), null, null) : entry;
                }
            }
            return null;
        } catch (CsvParseException | UncheckedIOException e) {
            throw failure(e);
        }
    }

    /** FastCSV wraps what it meets, and says the line of its own errors. */
    private Failure failure(RuntimeException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure known) {
                return known;
            }
        }
        String message = Objects.requireNonNullElse(error.getMessage(), "");
        if (message.contains("maximum buffer size")) {
            return tooLong(name, "after line " + line);
        }
        if (message.contains("Unclosed")) {
            return new Failure(
                    name + ": quotes are opened and never closed, in the record " + place(message) + ".", error);
        }
        if (message.contains("after closing quote")) {
            return new Failure(
                    name + ": text stands behind closing quotes, in the record " + place(message)
                            + ". Quotes inside of a field are written twice.",
                    error);
        }
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return new Failure(name + " cannot be read after line " + line + ": " + cause.getMessage() + ".", error);
    }

    private String place(String message) {
        int at = message.lastIndexOf("line ");
        String number = at < 0 ? "" : message.substring(at + 5).replaceAll("[^0-9].*", "");
        return number.isEmpty() ? "after line " + line : "at line " + number;
    }

    static Failure tooLong(String name, String where) {
        return new Failure(name + ": the record " + where
                + " is longer than --max-record allows. Either quotes are opened and never closed, or --delimiter and"
                + " line ends are not those of the file, or the limit is too low.");
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Collects the fields of one record, within bounds. */
    private final class Fields extends AbstractBaseCsvCallbackHandler<Entry> {

        private final int longest;
        private List<@Nullable Object> fields = new ArrayList<>();
        private long size;

        Fields(int longest) {
            this.longest = longest;
        }

        @Override
        protected void handleBegin(long startingLine) {
            fields = new ArrayList<>(fields.size());
            size = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            size += length;
            if (size > longest) {
                throw tooLong(name, "at line " + getStartingLineNumber());
            }
            if (index >= MOST_FIELDS) {
                throw new Failure(name + ": the record at line " + getStartingLineNumber() + " has more than "
                        + MOST_FIELDS + " fields: check --delimiter and the ends of lines.");
            }
            fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
        }

        /** An empty line is a record without values until it is known how many there are in others. */
        @Override
        protected void handleEmpty() {
            fields.clear();
        }

        @Override
        protected Entry buildRecord() {
            return new Entry(getStartingLineNumber(), fields, null, null);
        }
    }
}
