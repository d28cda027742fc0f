package rillite.examples.quickstart;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** A progress bar with rate and remaining time; nothing at all where nobody watches. */
final class Bar implements AutoCloseable {

    private static final int LENGTH = 16;

    private final @Nullable ProgressBar bar;

    private Bar(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Bar of(long total, boolean terminal) {
        if (!terminal) {
            return new Bar(null);
        }
        return new Bar(new ProgressBarBuilder()
                .setInitialMax(total)
                .setUpdateIntervalMillis(50)
                .setMaxRenderedLength(Screen.WIDTH)
                .setRenderer((state, width) -> line(state.getCurrent(), state.getMax(), state.getTotalElapsed()))
                .build());
    }

    void to(long done) {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.stepTo(done);
        }
    }

    @Override
    public void close() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
        }
    }

    /** One state of the bar, with tenths of seconds: the library's own text counts whole ones. */
    static String line(long done, long total, Duration elapsed) {
        int full = (int) (LENGTH * done / total);
        double seconds = elapsed.toNanos() / 1e9;
        String rest = done == 0 || seconds == 0
                ? ""
                : String.format(
                        Locale.ROOT, ", %,9.0f rows/s, %.1f s left", done / seconds, seconds * (total - done) / done);
        return String.format(
                Locale.ROOT,
                "    %3d%% [%s%s] %,9d of %,d%s",
                100 * done / total,
                "=".repeat(full),
                " ".repeat(LENGTH - full),
                done,
                total,
                rest);
    }
}
