package rillite.cli.data;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Writes an answer row by row: what is not written yet is not read yet. */
final class Rows {

    private static final int AHEAD = 256;
    private static final int LOOK = 128;

    private Rows() {}

    /**
     * What was written.
     *
     * @param more whether there are rows beyond the limit
     */
    record Written(long rows, boolean more) {}

    /**
     * Writes rows, on the calling thread. Where nobody reads any more, as behind {@code | head}, it stops.
     *
     * @param limit rows at the most
     */
    static Written write(Answer answer, RowWriter writer, PrintWriter out, long limit) {
        boolean begun = false;
        boolean more = false;
        long count = 0;
        try (Stream<Answer.Line> lines = answer.rows().toStream(AHEAD)) {
            for (Iterator<Answer.Line> each = lines.iterator(); !more && each.hasNext(); ) {
                Answer.Line line = each.next();
                if (count == limit) {
                    more = true;
                    continue;
                }
                if (!begun) {
                    begun = true;
                    writer.begin(line.names());
                }
                writer.row(line.names(), line.values());
                count++;
                if (count % LOOK == 0 && out.checkError()) {
                    return new Written(count, true);
                }
            }
        }
        if (!begun && writer.hasHead()) {
            List<String> known = answer.names().get();
            if (!known.isEmpty()) {
                writer.begin(known);
            }
        }
        writer.end(count);
        return new Written(count, more);
    }
}
