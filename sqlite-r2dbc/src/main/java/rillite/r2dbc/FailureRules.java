package rillite.r2dbc;

import rillite.core.PhysicalConnection.Failure;
import rillite.core.PhysicalConnection.Phase;

/** What a result code of SQLite means for the transaction around it (engine failure modes a to f). */
final class FailureRules {
    private static final int BUSY_SNAPSHOT = 517;

    private FailureRules() {}

    static Failure of(int code, Phase phase) {
        return switch (code & 0xFF) {
            case 5 -> code == BUSY_SNAPSHOT || phase == Phase.STATEMENT ? Failure.TRANSACTION : Failure.BUSY;
            case 7, 10, 11, 15 -> broken(code, phase);
            case 13 -> phase == Phase.STATEMENT ? Failure.TRANSACTION : Failure.NOT_APPLIED;
            case 4, 9 -> phase == Phase.STATEMENT ? Failure.TRANSACTION : Failure.NOT_APPLIED;
            default -> Failure.STATEMENT;
        };
    }

    private static Failure broken(int code, Phase phase) {
        boolean lock = code == 3850 || code == 2314 || code == 2058 || code == 3594 || code == 2826;
        boolean recovering = (code & 0xFF) == 15;
        return switch (phase) {
            case BEGIN -> lock || recovering ? Failure.BUSY : Failure.NOT_APPLIED;
            case STATEMENT -> Failure.TRANSACTION;
            case AUTOCOMMIT, COMMIT -> lock ? Failure.BUSY : Failure.UNKNOWN;
        };
    }
}
