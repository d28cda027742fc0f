package rillite.cli.data;

import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import rillite.cli.Numbers;
import rillite.cli.Terminal;

/** How far long work is, with its rate and the time that is left: on a screen only, and gone at the end. */
final class Bar implements AutoCloseable {

    private static final int OFTEN = 200;
    private static final long MEGABYTE = 1_000_000;

    private final @Nullable ProgressBar bar;
    private final long start = System.nanoTime();

    private Bar(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * A bar over bytes.
     *
     * @param size all of them; -1 when that is not known
     */
    static Bar ofBytes(Terminal terminal, String task, long size) {
        return terminal.watched()
                ? new Bar(builder(terminal, task, size).setUnit(" MB", MEGABYTE).build())
                : new Bar(null);
    }

    /**
     * A bar over rows.
     *
     * @param count all of them; -1 when that is not known
     */
    static Bar ofRows(Terminal terminal, String task, long count) {
        return terminal.watched()
                ? new Bar(builder(terminal, task, count).setUnit(" rows", 1).build())
                : new Bar(null);
    }

    private static ProgressBarBuilder builder(Terminal terminal, String task, long most) {
        PrintWriter screen = terminal.err();
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(OFTEN)
                .setConsumer(new DelegatingProgressBarConsumer(
                        line -> {
                            screen.print("\r" + line.replace("\r", "") + (line.startsWith("\r") ? "\r" : ""));
                            screen.flush();
                        },
                        Math.max(1, terminal.width() - 1)))
                .clearDisplayOnFinish();
    }

    /** Shows a position. */
    void at(long position) {
        if (bar != null) {
            bar.stepTo(position);
        }
    }

    /** Shows a position, and how many rows that is in a second. */
    void at(long position, long rows) {
        if (bar != null) {
            long millis = Math.max(1, (System.nanoTime() - start) / 1_000_000);
            bar.stepTo(position);
            bar.setExtraMessage(Numbers.grouped(rows * 1000 / millis) + " rows/s");
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
