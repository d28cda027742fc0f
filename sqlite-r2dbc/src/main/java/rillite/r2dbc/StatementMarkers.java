package rillite.r2dbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bind markers of one statement: their numbers in the space shared by the whole text, and the numbers SQLite would
 * give them in this statement alone. Renders the native text.
 */
final class StatementMarkers {
    private record Marker(int start, int end, int global, boolean dollar) {}

    /** The text given to SQLite; {@code tail}: index after its last token; {@code parameters}: see ParsedStatement. */
    record Rendered(String sql, int tail, int[] parameters) {}

    private static final int ABSENT = -1;
    private static final int TOLERATED_GAPS = 64;

    private final String sql;
    private final ParameterSpace space;
    private final boolean first;
    private final List<Marker> markers = new ArrayList<>();
    private final Map<Integer, Integer> locals = new HashMap<>();
    private final Map<String, Integer> localNames = new HashMap<>();
    private int largest;
    private boolean dollar;
    private boolean conflict;

    StatementMarkers(String sql, ParameterSpace space, boolean first) {
        this.sql = sql;
        this.space = space;
        this.first = first;
    }

    void add(int start, int end) {
        char prefix = sql.charAt(start);
        if (prefix == '?' && end == start + 1) {
            mark(new Marker(start, end, space.next(), false), largest + 1);
            return;
        }
        int number = prefix == '?' || prefix == '$' ? Digits.parse(sql, start + 1, end, ParameterSpace.LIMIT) : ABSENT;
        if (number == ABSENT) {
            String name = sql.substring(start, end);
            Marker marker = new Marker(start, end, space.named(name), false);
            mark(marker, localNames.computeIfAbsent(name, unseen -> largest + 1));
        } else if (number < 1 || number > ParameterSpace.LIMIT) {
            throw new IllegalArgumentException("Parameter number out of range at index " + start
                    + " of the SQL: numbers run from 1 to " + ParameterSpace.LIMIT);
        } else {
            mark(new Marker(start, end, space.numbered(number), prefix == '$'), number);
        }
    }

    private void mark(Marker marker, int local) {
        markers.add(marker);
        dollar |= marker.dollar();
        Integer previous = locals.putIfAbsent(local, marker.global());
        conflict |= previous != null && previous != marker.global();
        largest = Math.max(largest, local);
    }

    /** The statement in {@code [from, to)} whose last token ends at {@code tail}. */
    Rendered render(int from, int to, int tail) {
        if (conflict || sparse() || (dollar && !first)) {
            return renumbered(from, to, tail);
        }
        int[] parameters = new int[largest];
        Arrays.fill(parameters, ABSENT);
        locals.forEach((local, global) -> parameters[local - 1] = global - 1);
        String text = sql.substring(from, to);
        if (dollar) {
            StringBuilder changed = new StringBuilder(text);
            for (Marker marker : markers) {
                if (marker.dollar()) {
                    changed.setCharAt(marker.start() - from, '?');
                }
            }
            text = changed.toString();
        }
        return new Rendered(text, tail - from, parameters);
    }

    private boolean sparse() {
        return largest > (first ? 2L * locals.size() + TOLERATED_GAPS : locals.size());
    }

    private Rendered renumbered(int from, int to, int tail) {
        Map<Integer, Integer> numbers = new HashMap<>();
        int[] parameters = new int[markers.size()];
        StringBuilder text = new StringBuilder(to - from);
        int copied = from;
        for (Marker marker : markers) {
            int number = numbers.computeIfAbsent(marker.global(), unseen -> numbers.size() + 1);
            parameters[number - 1] = marker.global() - 1;
            text.append(sql, copied, marker.start()).append('?').append(number);
            copied = marker.end();
            if (copied < to && SqlTokens.isDigit(sql.charAt(copied))) {
                text.append(' ');
            }
        }
        text.append(sql, copied, to);
        int grown = text.length() - (to - from);
        return new Rendered(text.toString(), tail - from + grown, Arrays.copyOf(parameters, numbers.size()));
    }
}
