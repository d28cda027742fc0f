package rillite.r2dbc.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SavepointTests extends Contract {
    @Test
    void rollbackTo_laterWork_isGone() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.createSavepoint("s"));
        exec("INSERT INTO t VALUES (2)");
        done(connection.rollbackTransactionToSavepoint("s"));
        exec("INSERT INTO t VALUES (3)");
        done(connection.commitTransaction());

        assertThat(committed()).containsExactly(1, 3);
    }

    @Test
    void rollbackTo_twice_theSavepointSurvives() {
        done(connection.beginTransaction());
        done(connection.createSavepoint("s"));
        exec("INSERT INTO t VALUES (1)");
        done(connection.rollbackTransactionToSavepoint("s"));
        exec("INSERT INTO t VALUES (2)");
        done(connection.rollbackTransactionToSavepoint("s"));
        done(connection.commitTransaction());

        assertThat(committed()).isEmpty();
    }

    @Test
    void createSavepoint_outsideTransaction_startsOne() {
        done(connection.createSavepoint("s"));

        assertThat(connection.isAutoCommit()).isFalse();
        exec("INSERT INTO t VALUES (1)");
        assertThat(committed()).isEmpty();
        done(connection.releaseSavepoint("s"));
        assertThat(committed()).as("releasing the savepoint does not commit").isEmpty();
        done(connection.commitTransaction());
        assertThat(committed()).containsExactly(1);
    }

    @Test
    void release_unknownName_completes() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.releaseSavepoint("never"));
        done(connection.commitTransaction());

        assertThat(committed()).containsExactly(1);
    }

    @Test
    void rollbackThenRelease_asSpringDoes_works() {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.createSavepoint("SAVEPOINT_1"));
        exec("INSERT INTO t VALUES (2)");
        done(connection.rollbackTransactionToSavepoint("SAVEPOINT_1"));
        done(connection.releaseSavepoint("SAVEPOINT_1"));
        done(connection.releaseSavepoint("SAVEPOINT_1"));
        done(connection.commitTransaction());

        assertThat(committed()).containsExactly(1);
    }

    @Test
    void nested_innerRollback_keepsOuter() {
        done(connection.beginTransaction());
        done(connection.createSavepoint("outer"));
        exec("INSERT INTO t VALUES (1)");
        done(connection.createSavepoint("inner"));
        exec("INSERT INTO t VALUES (2)");
        done(connection.rollbackTransactionToSavepoint("inner"));
        exec("INSERT INTO t VALUES (3)");
        done(connection.releaseSavepoint("outer"));
        done(connection.commitTransaction());

        assertThat(committed()).containsExactly(1, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "it's", "say \"x\"", "a;b--c", "SELECT", "größe", "1"})
    void name_odd_isQuoted(String name) {
        done(connection.beginTransaction());
        exec("INSERT INTO t VALUES (1)");
        done(connection.createSavepoint(name));
        exec("INSERT INTO t VALUES (2)");
        done(connection.rollbackTransactionToSavepoint(name));
        done(connection.releaseSavepoint(name));
        done(connection.commitTransaction());

        assertThat(committed()).containsExactly(1);
    }

    @Test
    void name_otherCase_isTheSameSavepoint() {
        done(connection.beginTransaction());
        done(connection.createSavepoint("Point"));
        exec("INSERT INTO t VALUES (1)");
        done(connection.rollbackTransactionToSavepoint("POINT"));
        done(connection.commitTransaction());

        assertThat(committed()).isEmpty();
    }

    @Test
    void createSavepoint_null_isRefused() {
        assertThatThrownBy(() -> done(connection.createSavepoint(null))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void savepointAsSql_isTheSameState() {
        exec("SAVEPOINT s");
        assertThat(connection.isAutoCommit()).isFalse();
        exec("INSERT INTO t VALUES (1)");
        exec("ROLLBACK TO s");
        exec("INSERT INTO t VALUES (2)");
        exec("COMMIT");

        assertThat(connection.isAutoCommit()).isTrue();
        assertThat(committed()).containsExactly(2);
    }
}
