package rillite.auth;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Loggers, found when there is something to log. */
final class Log {

    private static final int MOST_REMEMBERED = 1_000;
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Log() {}

    static void warn(Class<?> topic, String text) {
        System.getLogger(topic.getName()).log(System.Logger.Level.WARNING, text);
    }

    /** Warns once in the life of the process: what is wrong in a table is read again with each request. */
    static void warnOnce(Class<?> topic, String text) {
        if (TOLD.size() < MOST_REMEMBERED && TOLD.add(text)) {
            warn(topic, text);
        }
    }

    static void debug(Class<?> topic, String text, Throwable error) {
        System.getLogger(topic.getName()).log(System.Logger.Level.DEBUG, text, error);
    }

    static void warn(Class<?> topic, String text, Throwable error) {
        System.getLogger(topic.getName()).log(System.Logger.Level.WARNING, text, error);
    }
}
