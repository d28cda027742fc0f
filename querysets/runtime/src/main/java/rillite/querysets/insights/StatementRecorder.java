package rillite.querysets.insights;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Records the statements of one database. Not for programs, which ask {@code Database.insights()}. Safe for threads. */
public final class StatementRecorder {

    private final InsightOptions options;
    private final CallSites sites = new CallSites();
    private volatile Period period;

    /** Starts to record. */
    public StatementRecorder(InsightOptions options) {
        this.options = options;
        period = new Period(options.shapes());
    }

    /** What was recorded since the start or the last {@link #reset}. */
    private static final class Period {
        private final long began = System.nanoTime();
        private final Map<String, RecordedShape> shapes = new ConcurrentHashMap<>();
        private final Repeats repeats = new Repeats();
        private final RecordedShape others = new RecordedShape("", 0);
        private final int most;
        private volatile boolean full;

        private Period(int most) {
            this.most = most;
        }

        private RecordedShape shape(String sql) {
            RecordedShape known = shapes.get(sql);
            return known != null ? known : full || sql.length() > InsightOptions.LONGEST ? others : added(sql);
        }

        private synchronized RecordedShape added(String sql) {
            int number = shapes.size() + 1;
            full = number > most;
            return full
                    ? shapes.getOrDefault(sql, others)
                    : shapes.computeIfAbsent(sql, text -> new RecordedShape(text, number));
        }
    }

    /** The shape of a text. */
    public RecordedShape shape(String sql) {
        return period.shape(sql);
    }

    /** Where the program is, when a shape is repeated and nobody knows where; to be called where a statement is built. */
    public @Nullable StackTraceElement callSite() {
        return sites.ifWanted();
    }

    /**
     * A program asked for a statement by itself.
     *
     * @param subscriber the next one behind the statement
     * @param now as {@link System#nanoTime} tells it
     * @param site what {@link #callSite} gave
     */
    public void asked(RecordedShape shape, Object subscriber, long now, @Nullable StackTraceElement site) {
        Period current = period;
        if (shape == current.others || !shape.isLookedAt(now)) {
            return;
        }
        int times = current.repeats.count(shape.number(), subscriber, now);
        if (2 * times >= options.repeats()) {
            if (site != null) {
                shape.siteFound(site);
            } else if (shape.asksForSite()) {
                sites.want();
            }
        }
        if (times >= options.repeats()) {
            shape.repeated(times, options.repeats());
        }
    }

    /** From how many rows on a table is large. */
    public long largeTable() {
        return options.largeTable();
    }

    /** Forgets everything. Statements that are running are not counted. */
    public void reset() {
        period = new Period(options.shapes());
    }

    /** What is recorded so far; scans and indexes are not known here. */
    public InsightReport report() {
        Period current = period;
        List<RecordedShape> recorded = List.copyOf(current.shapes.values());
        List<InsightReport.Shape> shapes = new ArrayList<>();
        recorded.stream()
                .map(RecordedShape::shape)
                .filter(shape -> shape.count() > 0)
                .forEach(shapes::add);
        shapes.sort(Comparator.comparing(InsightReport.Shape::total).reversed());
        List<InsightReport.Repeat> repeats = recorded.stream()
                .map(RecordedShape::repeat)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong((InsightReport.Repeat repeat) -> repeat.times() * repeat.most())
                        .reversed())
                .toList();
        return new InsightReport(
                Duration.ofNanos(System.nanoTime() - current.began),
                shapes,
                current.others.shape().count(),
                repeats,
                List.of(),
                List.of());
    }
}
