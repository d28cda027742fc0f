package rillite.querysets;

import org.jspecify.annotations.Nullable;

/**
 * That a program asked for statements by themselves, unlike those of which a verb needs many for itself: those of insights
 * that may be an N+1.
 */
final class Asking {

    private static final Asking SOMEWHERE = new Asking(null, false);

    private final @Nullable StackTraceElement site;
    private final boolean once;
    private boolean over;

    private Asking(@Nullable StackTraceElement site, boolean once) {
        this.site = site;
        this.once = once;
    }

    /**
     * @param site the line of the program, null when nobody wants to know
     */
    static Asking at(@Nullable StackTraceElement site) {
        return site == null ? SOMEWHERE : new Asking(site, false);
    }

    /** The same for the next statement only, which stands for all of its verb. */
    Asking once() {
        return new Asking(site, true);
    }

    @Nullable StackTraceElement site() {
        return site;
    }

    /** Whether the next statement is meant. */
    boolean isNext() {
        if (!once) {
            return true;
        }
        boolean next = !over;
        over = true;
        return next;
    }
}
