package rillite.auth.authjs;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells of each column once that it holds what cannot be read. */
final class Warnings {

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /**
     * @param storage what it is instead: never the value
     * @param counts what it counts as, a clause
     */
    void unreadable(String table, String column, String storage, String counts) {
        if (told.add(table + "." + column)) {
            System.getLogger(AuthJsAdapter.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "A value of " + table + "." + column + " (storage class " + storage
                                    + ") is in no form that can be read for certain: it " + counts + ".");
        }
    }
}
