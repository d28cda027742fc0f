package rillite.cli.shell;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The words of SQL that are offered and coloured. */
final class SqlWords {

    static final Set<String> ALL = new TreeSet<>(Set.of(
            ("ABORT ADD AFTER ALL ALTER ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE BEGIN BETWEEN BY CASCADE CASE CAST"
                            + " CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT_DATE CURRENT_TIME"
                            + " CURRENT_TIMESTAMP DEFAULT DEFERRABLE DEFERRED DELETE DESC DETACH DISTINCT DO DROP EACH ELSE END"
                            + " ESCAPE EXCEPT EXCLUSIVE EXISTS EXPLAIN FILTER FIRST FOLLOWING FOREIGN FROM FULL GENERATED GLOB"
                            + " GROUP HAVING IF IGNORE IMMEDIATE IN INDEX INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN KEY"
                            + " LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NOT NOTHING NOTNULL NULL NULLS OFFSET ON OR ORDER"
                            + " OUTER OVER PARTITION PLAN PRAGMA PRECEDING PRIMARY QUERY RANGE RECURSIVE REFERENCES REGEXP"
                            + " REINDEX RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET"
                            + " STRICT TABLE TEMP THEN TO TRANSACTION TRIGGER UNBOUNDED UNION UNIQUE UPDATE USING VACUUM VALUES"
                            + " VIEW VIRTUAL WHEN WHERE WINDOW WITH WITHOUT")
                    .split(" ")));

    private SqlWords() {}

    static boolean has(String word) {
        return ALL.contains(word.toUpperCase(Locale.ROOT));
    }
}
