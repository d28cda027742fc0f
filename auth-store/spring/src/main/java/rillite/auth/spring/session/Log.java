package rillite.auth.spring.session;

import java.lang.System.Logger.Level;

/** The logger of the repository, found when there is something to log. */
final class Log {

    private Log() {}

    static void warn(String text) {
        System.getLogger(SqliteReactiveSessionRepository.class.getName()).log(Level.WARNING, text);
    }

    static void warn(String text, Throwable error) {
        System.getLogger(SqliteReactiveSessionRepository.class.getName()).log(Level.WARNING, text, error);
    }

    static void debug(String text, Throwable error) {
        System.getLogger(SqliteReactiveSessionRepository.class.getName()).log(Level.DEBUG, text, error);
    }
}
