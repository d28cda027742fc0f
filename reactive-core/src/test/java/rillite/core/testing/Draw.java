package rillite.core.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random input of one run of a property: everything follows from the seed and the size. Not for several threads. */
public final class Draw {
    private static final int NOTE_LIMIT = 2000;

    private final SplittableRandom random;
    private final int size;
    private final List<String> notes = new ArrayList<>();

    Draw(long seed, int size) {
        this.random = new SplittableRandom(seed);
        this.size = size;
    }

    /** How large input should be, at least 1; the harness makes it smaller when it looks for a smaller failure. */
    public int size() {
        return size;
    }

    /** An int from 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** An int from {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return (int) random.nextLong(least, most + 1L);
    }

    /** Any long, with extremes and small values more often than chance would give them. */
    public long anyLong() {
        return switch (below(8)) {
            case 0 ->
                pick(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, (long) Integer.MAX_VALUE, (long) Integer.MIN_VALUE);
            case 1, 2, 3 -> between(-size, size);
            default -> random.nextLong();
        };
    }

    /** True in one of {@code n} cases. */
    public boolean oneIn(int n) {
        return below(n) == 0;
    }

    @SafeVarargs
    public final <T> T pick(T... values) {
        return values[below(values.length)];
    }

    public <T> T pick(List<T> values) {
        return values.get(below(values.size()));
    }

    /** From 0 to {@link #size()} elements. */
    public <T> List<T> list(Supplier<T> element) {
        return list(0, element);
    }

    /** At least {@code least} elements, at most {@link #size()} where that is more. */
    public <T> List<T> list(int least, Supplier<T> element) {
        int count = between(least, Math.max(least, size));
        List<T> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(element.get());
        }
        return list;
    }

    /** Up to {@link #size()} characters of {@code alphabet}. */
    public String text(String alphabet) {
        StringBuilder text = new StringBuilder();
        list(() -> alphabet.charAt(below(alphabet.length()))).forEach(text::append);
        return text.toString();
    }

    /** Up to {@link #size()} code points, none of them a surrogate or U+0000, half of them ASCII. */
    public String text() {
        StringBuilder text = new StringBuilder();
        list(this::codePoint).forEach(text::appendCodePoint);
        return text.toString();
    }

    /** Keeps {@code value} for the failure message and returns it. */
    public <T> T note(String what, T value) {
        String shown = String.valueOf(value);
        notes.add(what + " = " + (shown.length() > NOTE_LIMIT ? shown.substring(0, NOTE_LIMIT) + "..." : shown));
        return value;
    }

    List<String> notes() {
        return notes;
    }

    private int codePoint() {
        int point = oneIn(2) ? between(1, 0x7f) : oneIn(4) ? between(0x10000, 0x10ffff) : between(0x80, 0xffff);
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 'x' : point;
    }
}
