package rillite.r2dbc;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Values computed from texts, bounded by count and by characters. A hit takes no lock; a miss computes outside the
 * lock. Evicts in order of arrival and gives texts used since then a second chance. May be shared by threads.
 */
final class TextCache<V> {
    private static final class Entry<V> {
        final String text;
        final V value;
        boolean used;

        Entry(String text, V value) {
            this.text = text;
            this.value = value;
        }
    }

    private final ConcurrentHashMap<String, Entry<V>> entries = new ConcurrentHashMap<>();
    private final ArrayDeque<Entry<V>> arrivals = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final int maxTexts;
    private final int longest;
    private final long maxCharacters;
    private final Function<String, V> compute;
    private long characters;

    /** Texts longer than {@code longest} are computed each time. */
    TextCache(int maxTexts, int longest, long maxCharacters, Function<String, V> compute) {
        this.maxTexts = maxTexts;
        this.longest = longest;
        this.maxCharacters = maxCharacters;
        this.compute = compute;
    }

    V get(String text) {
        Entry<V> entry = entries.get(text);
        if (entry == null) {
            return miss(text);
        }
        // a lost race only costs the entry one chance; testing first keeps the line shared between cores
        if (!entry.used) {
            entry.used = true;
        }
        return entry.value;
    }

    int size() {
        return entries.size();
    }

    private V miss(String text) {
        V value = compute.apply(text);
        if (text.length() > longest) {
            return value;
        }
        Entry<V> fresh = new Entry<>(text, value);
        lock.lock();
        try {
            Entry<V> present = entries.putIfAbsent(text, fresh);
            if (present != null) {
                return present.value;
            }
            arrivals.add(fresh);
            characters += text.length();
            evict();
        } finally {
            lock.unlock();
        }
        return value;
    }

    private void evict() {
        while (arrivals.size() > maxTexts || characters > maxCharacters) {
            Entry<V> oldest = arrivals.remove();
            if (oldest.used) {
                oldest.used = false;
                arrivals.add(oldest);
            } else {
                entries.remove(oldest.text);
                characters -= oldest.text.length();
            }
        }
    }
}
