package rillite.r2dbc;

import org.jspecify.annotations.Nullable;

/** Who was committing: the session, its transaction and how many commands shared the commit. */
record CommitContext(@Nullable String session, @Nullable String transactionName, int groupMembers) {
    static final CommitContext UNKNOWN = new CommitContext(null, null, 1);

    /** A part of a sentence, empty if nothing is known. */
    String describe() {
        StringBuilder text = new StringBuilder();
        if (session != null) {
            text.append(" in session ").append(Quote.of(session));
        }
        if (transactionName != null) {
            text.append(" in transaction ").append(Quote.of(transactionName));
        }
        if (groupMembers > 1) {
            text.append(" shared by ").append(groupMembers).append(" commands");
        }
        return text.toString();
    }
}
