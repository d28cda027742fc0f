package rillite.r2dbc;

import java.time.Duration;

/**
 * What an engine has done since it was opened. Counters only grow.
 *
 * @param statementHits statements found prepared, over all physical connections
 * @param statementMisses statements that had to be prepared
 * @param checkpoints checkpoints the engine has run by itself
 * @param checkpointTime how long the last of them took, zero when there was none
 * @param checkpointAge how long ago the last of them ended, zero when there was none
 * @param checkpointBusy whether a snapshot or another process kept the last of them from reaching the end of the log
 */
public record SqliteTotals(
        long statementHits,
        long statementMisses,
        long checkpoints,
        Duration checkpointTime,
        Duration checkpointAge,
        boolean checkpointBusy) {}
