package rillite.querysets.ast;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the texts of recently used shapes, without locks.
 *
 * <p>Two generations: what is used moves to the young one; when that is full it becomes the old one and the former old
 * one is forgotten. A shape used at least once per {@code capacity} other shapes is never forgotten, and at most twice
 * the capacity is held (a few more while several threads turn the generation at once).
 */
final class ShapeCache {

    /**
     * A compiled shape.
     *
     * @param order for every marker of the text the place of its value in the walk
     */
    record Entry(String sql, int[] order) {}

    private record Generations(Map<Shape, Entry> young, Map<Shape, Entry> old) {}

    private final int capacity;
    private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), Map.of());

    ShapeCache(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, got " + capacity);
        }
        this.capacity = capacity;
    }

    @Nullable Entry find(Shape shape) {
        Generations current = generations;
        Entry entry = current.young.get(shape);
        if (entry == null) {
            entry = current.old.get(shape);
            if (entry != null) {
                put(shape, entry);
            }
        }
        return entry;
    }

    void put(Shape shape, Entry entry) {
        Generations current = generations;
        if (current.young.size() >= capacity) {
            current = new Generations(new ConcurrentHashMap<>(), current.young);
            generations = current;
        }
        current.young.put(shape.trimmed(), entry);
    }

    int size() {
        Generations current = generations;
        return current.young.size() + current.old.size();
    }
}
