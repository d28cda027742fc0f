package rillite.querysets.migrate.make;

import rillite.querysets.MigrationException;

/** What was decided about a table or column does not fit the schemas: a name is wrong, or nothing is to be decided. */
public final class InvalidDecisionException extends MigrationException {

    private static final long serialVersionUID = 1L;

    InvalidDecisionException(String message) {
        super(message, null);
    }
}
