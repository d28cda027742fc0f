package rillite.querysets.migrate.make;

import java.util.List;

/** The migration would lose data, and {@link Make#allowDataLoss} was not called. No draft was made. */
public final class DataLossException extends DraftRefusedException {

    private static final long serialVersionUID = 1L;

    DataLossException(String message, List<String> losses) {
        super(message, losses);
    }

    /** What would be lost, such as {@code column book.isbn}. */
    public List<String> losses() {
        return subjects();
    }
}
