package rillite.cli.data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rillite.cli.Failure;
import rillite.cli.Json;
import rillite.cli.Refusal;

/** The file of records that were left out, each with its line and the reason. It is made for the first of them. */
final class Rejects implements AutoCloseable {

    private final Path file;
    private final List<String> names;
    private @Nullable FileChannel channel;
    private boolean restored;

    /**
     * One record that was left out.
     *
     * @param reason why
     */
    record Reject(Entry entry, String reason) {}

    /**
     * @param names of the values, for the first line of a file with commas
     */
    Rejects(Path file, List<String> names) {
        this.file = file;
        this.names = List.copyOf(names);
    }

    /**
     * Records as they will stand in the file.
     *
     * @param first whether nothing is in it yet
     */
    byte[] text(List<Reject> rejects, boolean first) {
        StringWriter text = new StringWriter();
        boolean head = first;
        for (Reject reject : rejects) {
            text(reject, head, text);
            head = false;
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Adds a text and brings it to the disk. What a run that was killed has written and not committed goes first.
     *
     * @param committed bytes that are there for good
     */
    void write(byte[] text, long committed) {
        try {
            if (!restored) {
                restore(committed);
                restored = true;
            }
            if (text.length > 0) {
                FileChannel open = channel();
                ByteBuffer bytes = ByteBuffer.wrap(text);
                for (long at = committed; bytes.hasRemaining(); ) {
                    at += open.write(bytes, at);
                }
                open.force(true);
            }
        } catch (IOException e) {
            throw new Failure("The rejected rows cannot be written to " + file + ": " + e.getMessage() + ".", e);
        }
    }

    private void restore(long committed) throws IOException {
        if (committed == 0) {
            Files.deleteIfExists(file);
        } else if (!Files.exists(file) || Files.size(file) < committed) {
            throw new Refusal("The rejected rows so far are no longer in " + file
                    + ": put the file back, or begin again with --restart.");
        } else {
            channel().truncate(committed);
        }
    }

    private FileChannel channel() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = open;
        }
        return open;
    }

    private void text(Reject reject, boolean head, StringWriter text) {
        String json = reject.entry().text();
        if (json != null) {
            json(reject, json, text);
            return;
        }
        CsvWriter csv = CsvWriter.builder()
                .quoteStrategy(QuoteStrategies.EMPTY)
                .lineDelimiter(LineDelimiter.LF)
                .build(text);
        if (head) {
            List<String> titles = new ArrayList<>(List.of("line", "reason"));
            titles.addAll(names);
            csv.writeRecord(titles);
        }
        List<@Nullable String> fields =
                new ArrayList<>(List.of(Long.toString(reject.entry().line()), reject.reason()));
        reject.entry().values().forEach(value -> fields.add(value == null ? null : value.toString()));
        CsvWriter.CsvWriterRecord line = csv.writeRecord();
        fields.forEach(line::writeField);
        line.endRecord();
        try {
            csv.flush();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void json(Reject reject, String json, StringWriter text) {
        String head = Json.line(Map.of("reason", reject.reason()));
        text.append("{\"line\":")
                .append(Long.toString(reject.entry().line()))
                .append(",")
                .append(head, 1, head.length() - 1)
                .append(",\"text\":")
                .append(Json.line(json))
                .append("}\n");
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new Failure(file + " cannot be closed: " + e.getMessage() + ".", e);
        }
    }
}
