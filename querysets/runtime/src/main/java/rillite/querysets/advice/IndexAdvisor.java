package rillite.querysets.advice;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import rillite.querysets.Database;
import rillite.r2dbc.SqliteScript;

/**
 * Finds indexes for a statement by asking SQLite: candidates are made on an empty copy of the schema in memory, with the
 * statistics of the file, and those that the planner takes and that make the plan better are proposed. Rows are neither read
 * nor written, so it costs the same for a small file and for a large one. Safe to share.
 *
 * <p>It looks at columns that the statement names, up to {@value #WIDEST} of them in one index; not at expressions.
 */
public final class IndexAdvisor {

    static final int WIDEST = 3;

    private final Database database;

    private IndexAdvisor(Database database) {
        this.database = database;
    }

    /** Advice on statements of that database. */
    public static IndexAdvisor of(Database database) {
        return new IndexAdvisor(database);
    }

    /**
     * Tells how SQLite runs a statement and which indexes would make that better. Parameters count as unknown values. What
     * SQLite has against the text arrives through onError; cancelling leaves nothing behind.
     *
     * @param sql one statement; it is not run
     * @throws IllegalArgumentException the text has no statement, or several
     */
    public Mono<IndexAdvice> advise(String sql) {
        List<SqliteScript.Statement> statements = SqliteScript.of(sql).statements();
        if (statements.size() != 1) {
            throw new IllegalArgumentException("advise takes one statement, got " + statements.size());
        }
        SqliteScript.Statement statement = statements.get(0);
        List<@Nullable Object> binds = Collections.nCopies(statement.parameters(), null);
        return database.sql(statement.sql(), binds.toArray()).explain().flatMap(plan -> {
            if (!PlanCost.of(plan).isImprovable()) {
                return Mono.just(IndexAdvice.none(plan));
            }
            return SchemaCopy.use(
                            database,
                            copy -> new IndexTrial(database.schema(), copy, statement.sql(), binds).advice(plan))
                    .defaultIfEmpty(IndexAdvice.none(plan));
        });
    }
}
