package rillite.examples.quickstart;

import io.r2dbc.spi.ConnectionFactory;
import rillite.querysets.Database;
import rillite.querysets.schema.Table;

/**
 * What the steps share.
 *
 * @param file connections to the database shown, read-only
 * @param database the same file as QuerySets see it
 * @param largest its table with most rows, as far as they could be counted in time
 * @param scratch where the steps that write do so
 * @param terminal whether a person is watching: progress bars only then
 */
record Tour(
        Screen screen, ConnectionFactory file, Database database, Table largest, Scratch scratch, boolean terminal) {}
