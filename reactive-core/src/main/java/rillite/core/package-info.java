/**
 * The bounded scheduler: one writer lane, reader lanes decoupled from reader connections, leases, group commit and
 * demand-driven cursors over a resource that allows one writer and many snapshot readers.
 *
 * <p>It knows Reactor and neither SQL nor JDBC: the resource is reached through {@link rillite.core.PhysicalConnection},
 * {@link rillite.core.PreparedCursor} and {@link rillite.core.ConnectionSource}. Start at {@link rillite.core.Lanes};
 * a caller works through {@link rillite.core.Session}.
 *
 * <p>Threads: native work runs on lane threads only. The writer thread never emits; a result of one chunk is emitted on
 * the reader lane, everything else on the emission scheduler of {@link rillite.core.LaneOptions}.
 */
@NullMarked
package rillite.core;

import org.jspecify.annotations.NullMarked;
