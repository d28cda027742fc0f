package rillite.auth.vertx;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged from {@link #listen} on, as warning or error; but not that a busy machine is slow. */
final class LogLines extends Handler {

    private final Queue<LogRecord> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");

    static LogLines listen() {
        LogLines log = new LogLines();
        log.setLevel(Level.WARNING);
        log.root.addHandler(log);
        return log;
    }

    List<String> texts() {
        return lines.stream()
                .map(line -> line.getMessage() + " " + line.getThrown())
                .toList();
    }

    /** The lines under which a stack is printed. */
    List<String> stacks() {
        return lines.stream()
                .filter(line -> line.getThrown() != null && line.getThrown().getStackTrace().length > 0)
                .map(line -> line.getMessage() + " " + line.getThrown())
                .toList();
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line) && !String.valueOf(line.getLoggerName()).endsWith("BlockedThreadChecker")) {
            lines.add(line);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
