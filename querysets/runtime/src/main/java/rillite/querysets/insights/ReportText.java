package rillite.querysets.insights;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A report for people. */
record ReportText(InsightReport report) {

    private static final int SLOWEST = 10;
    private static final int FINDINGS = 20;
    private static final int WIDTH = 110;
    private static final int HEAD = 30;
    private static final String COLUMNS = "%n%9s %11s %9s %9s %9s %9s %9s  %s";

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(format("%s seen in %s", number(report.statements(), "statement"), time(report.watched())));
        if (report.others() > 0) {
            text.append(format(
                    ", %,d of them beyond the bound of %s",
                    report.others(), number(report.shapes().size(), "shape")));
        }
        if (!report.shapes().isEmpty()) {
            text.append("\n\nSlowest, all runs together");
            text.append(format(COLUMNS, "runs", "rows", "total", "p50", "p95", "p99", "max", "statement"));
            list(text, report.shapes(), SLOWEST, ReportText::line);
        }
        if (!report.repeats().isEmpty()) {
            text.append("\n\nRepeated by one subscriber (N+1); one statement could do for all");
            list(text, report.repeats(), FINDINGS, ReportText::line);
        }
        if (!report.fullScans().isEmpty()) {
            text.append("\n\nRead whole, where an index may help");
            list(text, report.fullScans(), FINDINGS, ReportText::line);
        }
        if (!report.unusedIndexes().isEmpty()) {
            text.append("\n\nIndexes that no plan of these statements uses; others, not seen so far, may need them");
            list(
                    text,
                    report.unusedIndexes(),
                    FINDINGS,
                    index -> "\n  " + plain(index.name() + " of " + index.table()));
        }
        return text.toString();
    }

    private static <T> void list(StringBuilder text, List<T> all, int most, Function<T, String> line) {
        all.stream().limit(most).map(line).forEach(text::append);
        if (all.size() > most) {
            text.append(format("%n  and %,d more", all.size() - most));
        }
    }

    private static String line(InsightReport.Shape shape) {
        return format(
                COLUMNS,
                format("%,d", shape.count()),
                format("%,d", shape.rows()),
                time(shape.total()),
                time(shape.p50()),
                time(shape.p95()),
                time(shape.p99()),
                time(shape.max()),
                oneLine(shape.sql()));
    }

    private static String line(InsightReport.Repeat repeat) {
        return format("%n  %,d times", repeat.most())
                + (repeat.times() == 1 ? "" : format(" at the most, by %,d subscribers", repeat.times()))
                + ": " + oneLine(repeat.sql()) + "\n    at " + place(repeat.callSite());
    }

    private static String place(@Nullable StackTraceElement site) {
        return site == null
                ? "a place that could not be told: the query is built elsewhere"
                : format(
                        "%s.%s(%s:%d)",
                        site.getClassName(), site.getMethodName(), site.getFileName(), site.getLineNumber());
    }

    private static String line(InsightReport.Scan scan) {
        String advice = scan.indexes().isEmpty()
                ? "\n    no index was found that helps"
                : scan.indexes().stream().map(sql -> "\n    " + plain(sql)).collect(Collectors.joining());
        return format(
                        "%n  %s of %s or more, %s: ",
                        plain(scan.table()), number(scan.rows(), "row"), number(scan.count(), "time"))
                + oneLine(scan.sql())
                + advice;
    }

    /** Texts and names come from programs and files: they must not look like lines of the report. */
    private static String plain(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }

    /** Begin and end of a text; in between are columns, as a rule. */
    private static String oneLine(String sql) {
        String line = plain(sql);
        return line.length() <= WIDTH
                ? line
                : line.substring(0, HEAD) + " .. " + line.substring(line.length() - WIDTH + HEAD);
    }

    private static String number(long count, String what) {
        return format("%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String time(Duration time) {
        double nanos = time.toNanos();
        return nanos < 1e6
                ? format("%.0f us", nanos / 1e3)
                : nanos < 1e9 ? format("%.1f ms", nanos / 1e6) : format("%,.1f s", nanos / 1e9);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).replace(System.lineSeparator(), "\n");
    }
}
