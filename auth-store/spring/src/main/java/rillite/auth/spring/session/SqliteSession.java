package rillite.auth.spring.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;

/**
 * A session in hand: what it was when it was read, and what was changed since, which {@link SqliteReactiveSessionRepository#save}
 * writes. Safe for threads. Its values are those that the application put in: who changes the inside of one sets it again.
 */
public final class SqliteSession implements Session {

    /** Attributes that say whose a session is, by the name that WebFlux has and that of servlets. */
    static final List<String> PRINCIPAL_NAMES = List.of(
            ReactiveFindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME,
            FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);

    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";
    private static final PrincipalNameIndexResolver<SqliteSession> OF_CONTEXT = new PrincipalNameIndexResolver<>();

    private final SessionOptions options;
    private final String primaryId;
    private final long created;
    private final Map<String, Object> attributes;
    private final Map<String, Change> changes = new HashMap<>();
    private boolean stored;
    private String id;
    private String storedId;
    private String storedColumn;
    private long visited;
    private long storedVisit;
    private long seconds;
    private long storedSeconds;

    private SqliteSession(SessionOptions options, Stored row, Map<String, Object> attributes, boolean stored) {
        this.options = options;
        this.attributes = new HashMap<>(attributes);
        this.stored = stored;
        primaryId = row.primaryId();
        id = row.id();
        storedId = id;
        storedColumn = row.column();
        created = row.created();
        visited = row.visited();
        storedVisit = visited;
        seconds = row.seconds();
        storedSeconds = seconds;
    }

    /**
     * The row of a session, whose column of ids may have a hash. Times are milliseconds since 1970, its life is in seconds,
     * negative for ever.
     */
    record Stored(String primaryId, String id, String column, long created, long visited, long seconds) {}

    /** One new value of an attribute, null for none; two of the same value are two changes. */
    static final class Change {
        private final @Nullable Object value;

        Change(@Nullable Object value) {
            this.value = value;
        }

        @Nullable Object value() {
            return value;
        }
    }

    /**
     * What a save has to write.
     *
     * @param nextId null when it stays
     * @param column what the table is to have of the id
     * @param nextSeconds null when it stays
     * @param principal null for none, or when it stays
     */
    record Delta(
            Stored before,
            boolean isNew,
            @Nullable String nextId,
            String column,
            long visited,
            @Nullable Long nextSeconds,
            Map<String, Change> attributes,
            boolean isPrincipalNew,
            @Nullable String principal) {

        /** Whether there is nothing but a visit. */
        boolean isVisit() {
            return !isNew && nextId == null && nextSeconds == null && attributes.isEmpty();
        }

        String id() {
            return nextId == null ? before.id() : nextId;
        }

        long seconds() {
            return nextSeconds == null ? before.seconds() : nextSeconds;
        }
    }

    /** One that is in no table yet. */
    static SqliteSession fresh(SessionOptions options, String primaryId) {
        long now = options.now();
        String id = options.nextId();
        Stored row = new Stored(
                primaryId, id, options.columns().column(id), now, now, Life.seconds(options.maxInactiveInterval()));
        return new SqliteSession(options, row, Map.of(), false);
    }

    /** One that was read. */
    static SqliteSession read(SessionOptions options, Stored row, Map<String, Object> attributes) {
        SqliteSession session = new SqliteSession(options, row, attributes, true);
        if (options.saveMode() == SaveMode.ALWAYS) {
            attributes.forEach((name, value) -> session.changes.put(name, new Change(value)));
        }
        return session;
    }

    synchronized Delta delta() {
        boolean principal = !stored
                || changes.containsKey(CONTEXT)
                || changes.keySet().stream().anyMatch(PRINCIPAL_NAMES::contains);
        return new Delta(
                new Stored(primaryId, storedId, storedColumn, created, storedVisit, storedSeconds),
                !stored,
                id.equals(storedId) ? null : id,
                id.equals(storedId) ? storedColumn : options.columns().column(id),
                visited,
                seconds == storedSeconds ? null : seconds,
                Map.copyOf(changes),
                principal,
                principal ? principal() : null);
    }

    private @Nullable String principal() {
        for (String name : PRINCIPAL_NAMES) {
            if (attributes.get(name) instanceof String principal) {
                return principal;
            }
        }
        return OF_CONTEXT.resolveIndexValueFor(this);
    }

    /** That much was written; what was changed in the meantime waits for the next save. */
    synchronized void saved(Delta delta) {
        stored = true;
        storedId = delta.id();
        storedColumn = delta.column();
        storedSeconds = delta.seconds();
        storedVisit = delta.visited();
        delta.attributes().forEach((name, change) -> {
            if (changes.get(name) == change) {
                changes.remove(name);
            }
        });
    }

    @Override
    public synchronized String getId() {
        return id;
    }

    /** Takes a new id. The old one is dead when the save that follows completes. */
    @Override
    public synchronized String changeSessionId() {
        id = options.nextId();
        return id;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> @Nullable T getAttribute(String name) {
        Object value = attributes.get(name);
        if (value != null && options.saveMode() == SaveMode.ON_GET_ATTRIBUTE) {
            changes.put(name, new Change(value));
        }
        return (T) value;
    }

    @Override
    public synchronized Set<String> getAttributeNames() {
        return new HashSet<>(attributes.keySet());
    }

    @Override
    public synchronized void setAttribute(String name, @Nullable Object value) {
        Objects.requireNonNull(name, "name must not be null");
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
        changes.put(name, new Change(value));
    }

    @Override
    public void removeAttribute(String name) {
        setAttribute(name, null);
    }

    @Override
    public Instant getCreationTime() {
        return Instant.ofEpochMilli(created);
    }

    @Override
    public synchronized void setLastAccessedTime(Instant time) {
        visited = Life.millis(time);
    }

    @Override
    public synchronized Instant getLastAccessedTime() {
        return Instant.ofEpochMilli(visited);
    }

    /** Negative is for ever. Kept in whole seconds, rounded up; 68 years at most. */
    @Override
    public synchronized void setMaxInactiveInterval(Duration interval) {
        seconds = Life.seconds(interval);
    }

    @Override
    public synchronized Duration getMaxInactiveInterval() {
        return Duration.ofSeconds(seconds);
    }

    /** Whether it has ended by the clock of the repository; at the very millisecond it has. */
    @Override
    public synchronized boolean isExpired() {
        return Life.isOver(visited, seconds, options.now());
    }

    /** Without the id, which is a secret, and without attributes. */
    @Override
    public String toString() {
        return "SqliteSession[" + getAttributeNames().size() + " attributes]";
    }
}
