package rillite.examples.quickstart;

import io.r2dbc.spi.ConnectionFactory;
import java.util.OptionalLong;

/** How many commit groups the engine behind a factory has formed. */
final class Groups {

    private Groups() {}

    /** Empty where the engine does not tell. */
    static OptionalLong formed(ConnectionFactory factory) {
        return OptionalLong.empty();
    }
}
