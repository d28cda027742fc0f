package rillite.cli.data;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rillite.cli.Refusal;

/**
 * How the bytes of an input are records.
 *
 * @param form what separates them
 * @param delimiter between two fields of CSV
 * @param header whether the first record of CSV is the names
 * @param encoding null for UTF-8, or what the first bytes tell
 * @param longest characters of one record at the most
 */
record InputShape(
        Form form, char delimiter, boolean header, @Nullable Charset encoding, int longest) {

    /** Forms of an input. */
    enum Form {
        /** Fields with separators, RFC 4180. */
        CSV,
        /** One JSON object in each line. */
        NDJSON
    }

    /** The form that the name of a file tells; null when it tells none. */
    static @Nullable Form form(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
            return Form.NDJSON;
        }
        return lower.endsWith(".csv") || lower.endsWith(".tsv") || lower.endsWith(".txt") ? Form.CSV : null;
    }

    /** The separator that was asked for, or that the name of a file tells. */
    static char delimiter(@Nullable String asked, String name) {
        if (asked == null) {
            return name.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',';
        }
        if (asked.equals("\\t") || asked.equalsIgnoreCase("tab")) {
            return '\t';
        }
        if (asked.length() != 1 || "\"\r\n".contains(asked)) {
            throw new Refusal("--delimiter takes one character, or tab, not \"" + asked + "\".");
        }
        return asked.charAt(0);
    }

    /**
     * Opens an input.
     *
     * @param names the names to read from objects; CSV has its own
     * @param progress told how many bytes have been read
     */
    Entries open(ImportSource source, List<String> names, LongConsumer progress) {
        TextInput text = source.open(encoding, progress);
        return form == Form.CSV
                ? new CsvEntries(text, source.name(), delimiter, header, longest)
                : new JsonEntries(text, source.name(), names, longest);
    }
}
