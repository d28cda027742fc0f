package rillite.querysets.insights;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the statements of a database since insights were switched on, or reset. {@link #toString} is for people.
 * It holds texts of statements, without bind values.
 *
 * @param watched how long it was looked
 * @param shapes statements by their text, those that took the most time together first
 * @param others statements beyond the bound of shapes, of which nothing but the number is known
 * @param repeats statements that one subscriber ran again and again, the most repeated first
 * @param fullScans statements that read a large table whole, in the order of {@code shapes}
 * @param unusedIndexes indexes that no plan of these statements uses. Those that also do other work are not among them:
 *     unique and partial ones, and those of foreign keys. Statements that were not seen may well use them
 */
public record InsightReport(
        Duration watched,
        List<Shape> shapes,
        long others,
        List<Repeat> repeats,
        List<Scan> fullScans,
        List<Unused> unusedIndexes) {

    /**
     * All runs of one text. Times begin when the statement is handed to the driver, and end with its last signal or with a
     * cancel: waiting for a thread, and for a subscriber that is slow to request, counts. Percentiles are exact to a
     * sixteenth.
     *
     * @param sql the text
     * @param count runs that ended, well or not
     * @param rows rows that were given to the program
     * @param total time of all runs together
     * @param p50 half of the runs took no longer
     * @param p95 95 of 100 runs took no longer
     * @param p99 99 of 100 runs took no longer
     * @param max the longest run
     */
    public record Shape(
            String sql, long count, long rows, Duration total, Duration p50, Duration p95, Duration p99, Duration max) {

        static Shape of(String sql, Durations.Counted counted) {
            return new Shape(
                    sql,
                    counted.count(),
                    counted.rows(),
                    Duration.ofNanos(counted.total()),
                    Duration.ofNanos(counted.percentile(0.5)),
                    Duration.ofNanos(counted.percentile(0.95)),
                    Duration.ofNanos(counted.percentile(0.99)),
                    Duration.ofNanos(counted.most()));
        }
    }

    /**
     * A statement that one subscriber ran many times: a query per row, as a rule, where one would do for all of them. Of
     * frequent statements samples are looked at, so that numbers are the least that there were.
     *
     * @param sql the text
     * @param times how many subscribers did that
     * @param most how often one of them ran it
     * @param callSite where the program asks for it, null when nobody could tell
     */
    public record Repeat(
            String sql, long times, long most, @Nullable StackTraceElement callSite) {}

    /**
     * A statement that reads a large table whole. One with a LIMIT may stop earlier.
     *
     * @param sql the text
     * @param count how often it ran
     * @param table the largest table that it reads whole
     * @param rows so many rows the table has at least, by the statistics of the file or by counting up to the bound
     * @param indexes statements that create indexes with which SQLite would do better; empty when none was found
     */
    public record Scan(String sql, long count, String table, long rows, List<String> indexes) {
        public Scan {
            indexes = List.copyOf(indexes);
        }
    }

    /**
     * An index that was not seen in use.
     *
     * @param table its table
     * @param name its name
     */
    public record Unused(String table, String name) {}

    public InsightReport {
        shapes = List.copyOf(shapes);
        repeats = List.copyOf(repeats);
        fullScans = List.copyOf(fullScans);
        unusedIndexes = List.copyOf(unusedIndexes);
    }

    /** The same, with what the plans of its statements tell. */
    public InsightReport with(List<Scan> scans, List<Unused> unused) {
        return new InsightReport(watched, shapes, others, repeats, scans, unused);
    }

    /** Statements that were seen. */
    public long statements() {
        return others + shapes.stream().mapToLong(Shape::count).sum();
    }

    /** Several lines: the ten slowest statements, and up to twenty of each kind of finding. */
    @Override
    public String toString() {
        return new ReportText(this).text();
    }
}
