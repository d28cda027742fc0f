/**
 * QuerySets: lazy, immutable queries over a SQLite file that are reactive publishers.
 *
 * <p>The front door is {@link rillite.querysets.Database}; its {@code objects("table")} gives a
 * {@link rillite.querysets.QuerySet} for any table of any existing file. Everything here is immutable and may be shared;
 * nothing is sent before a publisher is subscribed, and signals arrive on the thread on which the driver emits.
 * Programming errors throw a {@link rillite.querysets.QueryException} where the mistake is written, data errors arrive
 * through {@code onError}.
 */
@NullMarked
package rillite.querysets;

import org.jspecify.annotations.NullMarked;
