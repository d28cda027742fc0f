package rillite.querysets.insights;

import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lines of a program that ask for statements. That costs microseconds, so it is done only after somebody wanted
 * to know, and for a few statements.
 */
final class CallSites {

    private static final int EACH_TIME = 16;
    private static final List<String> OTHERS = List.of(
            "rillite.querysets.",
            "rillite.r2dbc.",
            "rillite.core.",
            "reactor.",
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "io.netty.",
            "org.springframework.");

    private final AtomicInteger wanted = new AtomicInteger();

    /** The next statements shall tell where they are asked for. */
    void want() {
        wanted.set(EACH_TIME);
    }

    /** Where the program is now, when somebody wants to know. */
    @Nullable StackTraceElement ifWanted() {
        if (wanted.get() <= 0) {
            return null;
        }
        wanted.decrementAndGet();
        return here();
    }

    /** The innermost frame of the program, null where there is none: on a thread of the driver. */
    static @Nullable StackTraceElement here() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(CallSites::isOfTheProgram).findFirst())
                .map(StackFrame::toStackTraceElement)
                .orElse(null);
    }

    private static boolean isOfTheProgram(StackFrame frame) {
        return OTHERS.stream().noneMatch(frame.getClassName()::startsWith);
    }
}
