package rillite.querysets.insights;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One shape of statements while it is recorded: all runs of one text. Not for programs. Safe for threads. */
public final class RecordedShape {

    private static final int ALWAYS = 1_000;
    private static final int TIME_SLICE_SHIFT = 24;
    private static final int SLICES = 32;
    private static final int MOST_ASKED = 100;

    private final String sql;
    private final int number;
    private final Durations durations = new Durations();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong mostRepeats = new AtomicLong();
    private volatile @Nullable StackTraceElement asked;
    private volatile @Nullable StackTraceElement subscribed;
    private int looks;
    private int questions;

    RecordedShape(String sql, int number) {
        this.sql = sql;
        this.number = number;
    }

    /** The text, without values. */
    public String sql() {
        return sql;
    }

    int number() {
        return number;
    }

    /** Counts a run that has ended. */
    public void ended(long nanos, long rowsRead) {
        durations.add(nanos, rowsRead);
    }

    /** Whether it is looked who runs it: of frequent ones in one of 32 slices of 17 ms. Races only change how often. */
    boolean isLookedAt(long now) {
        if (looks < ALWAYS) {
            looks++;
            return true;
        }
        return (now >>> TIME_SLICE_SHIFT) % SLICES == 0;
    }

    /** Whether a call site is missing, and not in vain. */
    boolean asksForSite() {
        if (asked != null || questions >= MOST_ASKED) {
            return false;
        }
        questions++;
        return true;
    }

    void siteFound(StackTraceElement site) {
        if (asked == null) {
            asked = site;
        }
    }

    /** One subscriber has run it so often by now. */
    void repeated(int times, int least) {
        if (times == least) {
            repeated.incrementAndGet();
            if (asked == null && subscribed == null) {
                subscribed = CallSites.here();
            }
        }
        if (times > mostRepeats.get()) {
            mostRepeats.accumulateAndGet(times, Math::max);
        }
    }

    InsightReport.@Nullable Repeat repeat() {
        long times = repeated.get();
        StackTraceElement site = asked;
        return times == 0
                ? null
                : new InsightReport.Repeat(sql, times, mostRepeats.get(), site == null ? subscribed : site);
    }

    InsightReport.Shape shape() {
        return InsightReport.Shape.of(sql, durations.counted());
    }
}
