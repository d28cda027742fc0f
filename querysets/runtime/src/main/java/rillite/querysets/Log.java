package rillite.querysets;

/** Loggers, found when there is something to log: looking for one starts the logging of the JDK. */
final class Log {

    private Log() {}

    static System.Logger of(Class<?> topic) {
        return System.getLogger(topic.getName());
    }
}
