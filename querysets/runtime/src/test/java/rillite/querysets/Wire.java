package rillite.querysets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What a database sent, with the values that went along. Safe for threads. */
final class Wire {

    private static final int KEPT = 50;

    private final List<Sent> statements = new CopyOnWriteArrayList<>();

    /** One statement, and the values of each of its executions, of which the first ones are kept. */
    static final class Sent {
        private final String sql;
        private final List<List<@Nullable Object>> sets = Collections.synchronizedList(new ArrayList<>());

        private Sent(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }

        List<List<@Nullable Object>> sets() {
            synchronized (sets) {
                return List.copyOf(sets);
            }
        }

        /** The values of the next execution. */
        void set(List<@Nullable Object> values) {
            if (sets.size() < KEPT) {
                sets.add(values);
            }
        }
    }

    Sent sent(String sql) {
        Sent sent = new Sent(sql);
        statements.add(sent);
        return sent;
    }

    /** Statements since the last call. */
    List<Sent> take() {
        List<Sent> taken = List.copyOf(statements);
        statements.clear();
        return taken;
    }
}
