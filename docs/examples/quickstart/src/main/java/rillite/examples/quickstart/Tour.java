package rillite.examples.quickstart;

import io.r2dbc.spi.ConnectionFactory;
import rillite.examples.quickstart.Explorer.TableInfo;

/**
 * What the steps share.
 *
 * @param file the database shown, opened read-only
 * @param largest its table with most rows, as far as they could be counted in time
 * @param scratch where the steps that write do so
 * @param terminal whether a person is watching: progress bars only then
 */
record Tour(
        Screen screen,
        ConnectionFactory file,
        Explorer explorer,
        TableInfo largest,
        Scratch scratch,
        boolean terminal) {}
