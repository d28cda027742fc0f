package rillite.cli.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as comma-separated values: NULL is an empty field, an empty text one in quotes; bytes are {@code x'0aff'}. */
final class CsvRows implements RowWriter {

    private final CsvWriter csv;

    CsvRows(RowFormat.Sheet sheet) {
        csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.EMPTY)
                .lineDelimiter(LineDelimiter.LF)
                .build(sheet.out());
    }

    @Override
    public void begin(List<String> names) {
        csv.writeRecord(names);
    }

    @Override
    public void row(List<String> names, List<@Nullable Object> values) {
        CsvWriter.CsvWriterRecord line = csv.writeRecord();
        values.forEach(value -> line.writeField(value == null ? null : ValueText.exact(value)));
        line.endRecord();
    }

    @Override
    public void end(long rows) {
        flush();
    }

    private void flush() {
        try {
            csv.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
