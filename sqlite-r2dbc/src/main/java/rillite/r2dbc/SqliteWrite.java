package rillite.r2dbc;

import java.util.ArrayList;
import java.util.List;
import rillite.core.WriteWork;

/** The commands for the writer, atomic as a whole: one statement, or several with one result each. */
final class SqliteWrite {
    private SqliteWrite() {}

    static WriteWork<SqlitePhysical, SqliteResult> one(SqliteStep step, WriteWork.Atomicity atomicity) {
        return new One(step, atomicity, step.bytes());
    }

    static WriteWork<SqlitePhysical, List<SqliteResult>> all(List<SqliteStep> steps, WriteWork.Atomicity atomicity) {
        long bytes = 0;
        for (SqliteStep step : steps) {
            bytes += step.bytes();
        }
        return new All(List.copyOf(steps), atomicity, bytes);
    }

    private record One(SqliteStep step, Atomicity atomicity, long bytes)
            implements WriteWork<SqlitePhysical, SqliteResult> {
        @Override
        public SqliteResult run(SqlitePhysical connection) {
            return step.run(connection);
        }

        @Override
        public String label() {
            return step.sql;
        }
    }

    private record All(List<SqliteStep> steps, Atomicity atomicity, long bytes)
            implements WriteWork<SqlitePhysical, List<SqliteResult>> {
        /** What may not share a commit has no savepoint by itself, should it run in somebody's transaction. */
        @Override
        public List<SqliteResult> run(SqlitePhysical connection) {
            if (atomicity != Atomicity.ALONE) {
                return runSteps(connection);
            }
            return connection.guarded(() -> runSteps(connection));
        }

        private List<SqliteResult> runSteps(SqlitePhysical connection) {
            List<SqliteResult> results = new ArrayList<>(steps.size());
            for (SqliteStep step : steps) {
                results.add(step.run(connection));
            }
            return results;
        }

        @Override
        public String label() {
            return steps.get(0).sql;
        }
    }
}
