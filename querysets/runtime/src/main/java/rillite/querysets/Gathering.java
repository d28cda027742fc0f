package rillite.querysets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rillite.querysets.schema.Column;

/**
 * The rows of one relation on their way to some owners. Used once, by one signal at a time: {@link #keys} of the owners, then
 * {@link #add} for each row of the statement, then {@link #finish}.
 */
final class Gathering {

    private final Level level;
    private final List<Row> owners;
    private final List<Row> kept = new ArrayList<>();
    private final int most;
    private final boolean again;
    private final Map<Object, Bucket> buckets = new HashMap<>();
    private final @Nullable Bucket[] places;
    private final List<Object> keys = new ArrayList<>();
    private final int @Nullable [] keyPositions;
    private final int[] identity;
    private final Map<Object, Row> shared = new HashMap<>();
    private final List<Row> related = new ArrayList<>();
    private final KnownOwners knownOwners;
    private int rows;

    /** What belongs to the owners that have one key. */
    private static final class Bucket {
        private final Row owner;
        private final List<Row> rows = new ArrayList<>();
        private @Nullable Row known;

        private Bucket(Row owner) {
            this.owner = owner;
        }

        private @Nullable Object content(boolean many) {
            if (many) {
                return rows.isEmpty() ? List.of() : Collections.unmodifiableList(rows);
            }
            return rows.isEmpty() ? null : rows.get(0);
        }
    }

    /**
     * Prepares to read.
     *
     * @param siblings the relations that owners get, this one among them
     * @param most so many rows are read, not more
     * @param again whether related rows that owners have already are read nevertheless
     */
    Gathering(Level level, List<Row> owners, List<Level> siblings, int most, boolean again) {
        this.level = level;
        this.owners = owners;
        this.most = most;
        this.again = again;
        places = new Bucket[owners.size()];
        keyPositions = level.positions();
        identity = level.identity();
        knownOwners = new KnownOwners(level, siblings);
        RowShape shape = null;
        int[] positions = {};
        for (int i = 0; i < places.length; i++) {
            Row owner = owners.get(i);
            if (!isWanted(owner)) {
                kept.add(owner);
            } else {
                if (owner.shape() != shape) {
                    shape = owner.shape();
                    positions = level.ownerPositions(shape);
                }
                places[i] = bucket(owner, positions);
            }
        }
    }

    private boolean isWanted(Row owner) {
        return again || owner.related(owner.shape().slot(level.holder())) == Slots.NOT_LOADED;
    }

    private @Nullable Bucket bucket(Row owner, int[] positions) {
        Object key = level.key().of(owner.values(), positions);
        if (key == null) {
            return null;
        }
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket(owner);
            buckets.put(key, bucket);
            keys.add(level.key().sent(owner.values(), positions));
        }
        return bucket;
    }

    /** The keys of the owners, each once; none when nothing has to be read. */
    List<Object> keys() {
        return keys;
    }

    /** Takes one row of the statement. */
    Row add(io.r2dbc.spi.Row cells) {
        rows++;
        if (rows > most) {
            throw level.tooMany(most);
        }
        Row row = level.plan().reader().read(cells);
        Object key;
        if (keyPositions == null) {
            Row first = shared.putIfAbsent(identityOf(row), row);
            row = first == null ? row : first;
            key = linkKey(cells);
            if (first == null) {
                related.add(row);
            }
        } else {
            key = level.key().of(row.values(), keyPositions);
        }
        Bucket bucket = key == null ? null : buckets.get(key);
        if (bucket != null) {
            bucket.rows.add(row);
            if (keyPositions != null) {
                related.add(row);
            }
            if (knownOwners.isAsked()) {
                if (bucket.known == null) {
                    bucket.known = knownOwners.of(bucket.owner);
                }
                knownOwners.put(row, bucket.known);
            }
        }
        return row;
    }

    private Object identityOf(Row row) {
        if (identity.length == 1) {
            return Objects.requireNonNull(row.values()[identity[0]]);
        }
        List<@Nullable Object> parts = new ArrayList<>(identity.length);
        for (int position : identity) {
            parts.add(row.values()[position]);
        }
        return parts;
    }

    private @Nullable Object linkKey(io.r2dbc.spi.Row cells) {
        List<Column> columns = level.linkColumns();
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        int[] positions = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = CellReader.read(
                    cells, level.plan().width() + i, columns.get(i).type());
            positions[i] = i;
        }
        return level.key().of(values, positions);
    }

    /** Gives the owners what was read. */
    void finish() {
        for (int i = 0; i < places.length; i++) {
            Row owner = owners.get(i);
            Bucket bucket = places[i];
            if (bucket != null) {
                owner.put(slot(owner), bucket.content(level.isMany()));
            } else if (isWanted(owner)) {
                owner.put(slot(owner), level.isMany() ? List.of() : null);
            }
        }
        if (!level.plan().levels().isEmpty() || !level.plan().behindKnown().isEmpty()) {
            widenKept();
        }
    }

    private int slot(Row owner) {
        return owner.shape().slot(level.holder());
    }

    /** What owners had already gets places for what is behind it. */
    private void widenKept() {
        WiderShapes wider =
                new WiderShapes(level.plan().reader().shape().slots().names(), level.origin());
        Map<Row, Row> copies = new IdentityHashMap<>();
        for (Row owner : kept) {
            Object present = owner.related(slot(owner));
            if (present instanceof Row row) {
                owner.put(slot(owner), widened(row, owner, wider, copies));
            } else if (present instanceof List<?> list) {
                List<Row> copied = new ArrayList<>(list.size());
                list.forEach(row -> copied.add(widened((Row) row, owner, wider, copies)));
                owner.put(slot(owner), Collections.unmodifiableList(copied));
            }
        }
    }

    private Row widened(Row row, Row owner, WiderShapes wider, Map<Row, Row> copies) {
        Row copy = copies.get(row);
        if (copy == null) {
            copy = wider.copy(row);
            copies.put(row, copy);
            related.add(copy);
            if (knownOwners.isAsked()) {
                knownOwners.putOrWiden(copy, owner);
            }
        }
        return copy;
    }

    /** The rows that were read or were there, each once: owners of what comes next. */
    List<Row> related() {
        return related;
    }

    /** The owners as the related rows hold them. */
    List<Row> owners() {
        return knownOwners.made();
    }
}
