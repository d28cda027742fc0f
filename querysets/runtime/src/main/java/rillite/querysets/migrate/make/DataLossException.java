package rillite.querysets.migrate.make;

import java.util.List;
import rillite.querysets.MigrationException;

/** The migration would lose data, and {@link Make#allowDataLoss} was not called. No draft was made. */
public final class DataLossException extends MigrationException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> losses;

    DataLossException(String message, List<String> losses) {
        super(message, null);
        this.losses = List.copyOf(losses);
    }

    /** What would be lost, such as {@code column book.isbn}. */
    public List<String> losses() {
        return losses;
    }
}
