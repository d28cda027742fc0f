package rillite.auth;

/** Loggers, found when there is something to log. */
final class Log {

    private Log() {}

    static void warn(Class<?> topic, String text) {
        System.getLogger(topic.getName()).log(System.Logger.Level.WARNING, text);
    }

    static void debug(Class<?> topic, String text, Throwable error) {
        System.getLogger(topic.getName()).log(System.Logger.Level.DEBUG, text, error);
    }

    static void warn(Class<?> topic, String text, Throwable error) {
        System.getLogger(topic.getName()).log(System.Logger.Level.WARNING, text, error);
    }
}
