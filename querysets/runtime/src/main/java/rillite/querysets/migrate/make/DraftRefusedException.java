package rillite.querysets.migrate.make;

import java.util.List;
import rillite.querysets.MigrationException;

/** No draft was made, because somebody has to decide something first: its kinds tell what. */
public abstract sealed class DraftRefusedException extends MigrationException
        permits RenameUndecidedException, DataLossException, ValueNeededException, UnsupportedChangeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> subjects;

    DraftRefusedException(String message, List<String> subjects) {
        super(message, null);
        this.subjects = List.copyOf(subjects);
    }

    /** The tables and columns that it is about, as the kinds name them. */
    public List<String> subjects() {
        return subjects;
    }
}
