package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteUpdateListener;

/**
 * The row changes of one connection that are not committed yet, with the places to which they may be undone. Confined like
 * the connection.
 *
 * <p>At most as many are kept as a subscriber may be told of at once; those beyond are counted, so that a rollback to a
 * savepoint may still make the rest small enough.
 */
final class ChangeLog implements SQLiteUpdateListener {
    private static final String SAVEPOINT = "SAVEPOINT ";
    private static final String RELEASE = "RELEASE ";
    private static final String ROLLBACK_TO = "ROLLBACK TO ";

    private final SQLiteConnection connection;
    private final ChangeFeed feed;
    private final List<SqliteChange> kept = new ArrayList<>(0);
    private final List<Savepoint> savepoints = new ArrayList<>(0);
    private boolean listening;
    private long count;
    private long beforeStatement;
    private String table = "";

    ChangeLog(SQLiteConnection connection, ChangeFeed feed) {
        this.connection = connection;
        this.feed = feed;
    }

    /** Begins or ends to listen, as the feed wants; before every statement. */
    void starts() {
        boolean wanted = feed.isWanted();
        if (wanted != listening) {
            listening = wanted;
            if (wanted) {
                connection.addUpdateListener(this);
            } else {
                connection.removeUpdateListener(this);
                clear();
            }
        }
    }

    boolean isListening() {
        return listening;
    }

    /** Called by SQLite from inside a statement: an exception would cross native frames. */
    @Override
    public void onUpdate(Type type, String database, String name, long rowid) {
        if (!"main".equals(database) || name.startsWith("sqlite_")) {
            return;
        }
        if (!table.equals(name)) {
            table = name;
        }
        if (count < ChangeFeed.MOST) {
            SqliteChange.Kind kind = switch (type) {
                case INSERT -> SqliteChange.Kind.INSERT;
                case UPDATE -> SqliteChange.Kind.UPDATE;
                case DELETE -> SqliteChange.Kind.DELETE;
            };
            kept.add(new SqliteChange(table, kind, rowid));
        }
        count++;
    }

    /** A statement came to its end; outside a transaction it has committed by that. */
    void ended(boolean inTransaction) {
        if (count != beforeStatement) {
            beforeStatement = count;
            if (!inTransaction) {
                publish();
            }
        }
    }

    /** A statement failed; it has undone itself unless rows count as changed, as after OR FAIL. */
    void failed(boolean inTransaction, LongSupplier changes) {
        if (count != beforeStatement) {
            if (changes.getAsLong() == 0) {
                cut(beforeStatement);
            }
            ended(inTransaction);
        }
    }

    /** Follows transactions and savepoints, whose texts are all made by this package. */
    void executed(String sql) {
        if (!listening) {
            return;
        }
        if (sql.equals("COMMIT")) {
            publish();
        } else if (sql.startsWith(SAVEPOINT)) {
            savepoints.add(new Savepoint(folded(sql.substring(SAVEPOINT.length())), count));
        } else if (sql.startsWith(RELEASE)) {
            int found = find(folded(sql.substring(RELEASE.length())));
            savepoints.subList(Math.max(found, 0), savepoints.size()).clear();
        } else if (sql.startsWith(ROLLBACK_TO)) {
            int found = find(folded(sql.substring(ROLLBACK_TO.length())));
            cut(found < 0 ? 0 : savepoints.get(found).count);
            savepoints.subList(found + 1, savepoints.size()).clear();
        }
    }

    /** The latest savepoint of the name; -1 for one that was set before this log listened. */
    private int find(String name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Folds case as SQLite does: ASCII only. */
    private static String folded(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return folded.toString();
    }

    /** The transaction is over and nothing more of it is to be told. */
    void clear() {
        cut(0);
        savepoints.clear();
    }

    private void cut(long size) {
        if (size < kept.size()) {
            kept.subList((int) size, kept.size()).clear();
        }
        count = size;
        beforeStatement = size;
    }

    private void publish() {
        if (count > kept.size()) {
            feed.tooMany(count);
        } else if (count > 0) {
            feed.publish(List.copyOf(kept));
        }
        clear();
    }

    private record Savepoint(String name, long count) {}
}
