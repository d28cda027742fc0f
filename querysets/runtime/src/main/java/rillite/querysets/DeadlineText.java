package rillite.querysets;

import java.util.concurrent.CancellationException;

/**
 * A text that cannot be read after a moment, which ends a match that would go on for ever: then reading it throws a {@link
 * CancellationException}. For one thread.
 */
final class DeadlineText implements CharSequence {

    private static final int PAUSE = 1024;

    private final CharSequence text;
    private final long deadline;
    private int reads;

    /**
     * Creates a text.
     *
     * @param deadline in the time of {@link System#nanoTime()}
     */
    DeadlineText(CharSequence text, long deadline) {
        this.text = text;
        this.deadline = deadline;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads % PAUSE == 0 && System.nanoTime() - deadline > 0) {
            throw new CancellationException();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new DeadlineText(text.subSequence(start, end), deadline);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
