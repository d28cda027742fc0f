package rillite.r2dbc;

import java.time.Duration;

/** What connections and statements ask of the configuration again and again, looked up once. */
record SessionSettings(boolean dedicated, Duration lockWaitTimeout, Duration statementTimeout, CodecOptions codecs) {
    static SessionSettings of(SqliteConnectionConfiguration configuration) {
        return new SessionSettings(
                configuration.session() == SessionKind.DEDICATED,
                configuration.lockWaitTimeout(),
                configuration.statementTimeout(),
                new CodecOptions(
                        configuration.integerType(),
                        configuration.temporalStorage(),
                        configuration.booleanStorage(),
                        configuration.uuidStorage()));
    }
}
