package rillite.cli;

import rillite.querysets.schema.Schema;

/**
 * What the doctor looks at.
 *
 * @param quick whether to leave out what reads every page twice
 */
record Patient(InputFile file, OpenDatabase open, boolean quick) {

    /** One thing that the doctor looks at. */
    interface Check {
        java.util.List<Finding> findings(Patient patient);
    }

    Schema schema() {
        return open.database().schema();
    }
}
