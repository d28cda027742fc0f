package rillite.querysets.migrate.make;

import java.util.List;

/** A change that is not made by generated migrations, such as another definition of a virtual table. No draft was made. */
public final class UnsupportedChangeException extends DraftRefusedException {

    private static final long serialVersionUID = 1L;

    UnsupportedChangeException(String message, List<String> changes) {
        super(message, changes);
    }

    /** What cannot be changed, such as {@code virtual table book_search}. */
    public List<String> changes() {
        return subjects();
    }
}
