package rillite.querysets;

import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The write transactions around a subscriber, whichever Database began them. There is one writer per file, so a write that
 * needs another connection inside of one would wait for itself.
 */
final class Writers {

    private static final Object KEY = Writers.class;

    /**
     * @param store what has one writer: equal for two databases over the same file
     */
    private record Held(Scope scope, Object store, @Nullable Held around) {}

    private Writers() {}

    static Context with(Context context, Scope scope, Object store) {
        return context.put(KEY, new Held(scope, store, context.getOrDefault(KEY, null)));
    }

    /** Whether any write transaction is around the subscriber. */
    static boolean isHeld(ContextView context) {
        return context.hasKey(KEY);
    }

    /**
     * @throws TransactionException a write transaction on the same file is around the subscriber
     */
    static void refuse(ContextView context, Object store) {
        for (Held held = context.getOrDefault(KEY, null); held != null; held = held.around()) {
            if (held.store().equals(store) && held.scope().isOpen()) {
                throw new TransactionException("A write outside of the transaction \""
                        + held.scope().name() + "\", inside which it is subscribed, would wait for itself: a file has"
                        + " one writer, and that transaction holds it. Write in that transaction (its Database, or"
                        + " tx.objects(..)), or after it.");
            }
        }
    }
}
