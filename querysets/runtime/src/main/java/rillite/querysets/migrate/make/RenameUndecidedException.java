package rillite.querysets.migrate.make;

import java.util.List;

/** Tables or columns may have been renamed, or dropped and others created: nobody but you knows. No draft was made. */
public final class RenameUndecidedException extends DraftRefusedException {

    private static final long serialVersionUID = 1L;

    private final transient List<RenameQuestion> questions;

    RenameUndecidedException(String message, List<RenameQuestion> questions) {
        super(message, questions.stream().map(RenameQuestion::from).toList());
        this.questions = List.copyOf(questions);
    }

    /** What to answer, with {@link Make#rename} or {@link Make#notRenamed}. */
    public List<RenameQuestion> questions() {
        return questions;
    }
}
