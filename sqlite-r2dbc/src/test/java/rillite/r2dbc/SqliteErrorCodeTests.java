package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;

final class SqliteErrorCodeTests {
    private static final Map<String, Class<? extends R2dbcException>> CLASSES = Map.of(
            "BadGrammar", R2dbcBadGrammarException.class,
            "DataIntegrity", R2dbcDataIntegrityViolationException.class,
            "NonTransient", R2dbcNonTransientException.class,
            "NonTransientResource", R2dbcNonTransientResourceException.class,
            "PermissionDenied", R2dbcPermissionDeniedException.class,
            "Rollback", R2dbcRollbackException.class,
            "Timeout", R2dbcTimeoutException.class,
            "TransientResource", R2dbcTransientResourceException.class);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "1, BadGrammar, 42000",
        "257, BadGrammar, 42704",
        "513, TransientResource, 40001",
        "769, Rollback, 40001",
        "517, Rollback, 40001",
        "2, NonTransientResource, XX000",
        "3, PermissionDenied, 42501",
        "23, PermissionDenied, 42501",
        "279, PermissionDenied, 42501",
        "4, Rollback, 40000",
        "516, Rollback, 40000",
        "5, TransientResource, 55006",
        "261, TransientResource, 55006",
        "773, Timeout, 55P03",
        "6, TransientResource, 55006",
        "262, TransientResource, 55006",
        "518, TransientResource, 55006",
        "7, NonTransientResource, 53200",
        "3082, NonTransientResource, 53200",
        "8, PermissionDenied, 25006",
        "264, PermissionDenied, 25006",
        "520, PermissionDenied, 25006",
        "776, PermissionDenied, 25006",
        "1288, PermissionDenied, 25006",
        "1544, PermissionDenied, 25006",
        "1032, NonTransientResource, 58030",
        "9, Timeout, 57014",
        "10, NonTransientResource, 58030",
        "266, NonTransientResource, 58030",
        "522, NonTransientResource, 58030",
        "778, NonTransientResource, 58030",
        "1034, NonTransientResource, 58030",
        "5130, NonTransientResource, 58030",
        "8714, NonTransientResource, 58030",
        "9226, NonTransientResource, 58030",
        "3850, TransientResource, 58030",
        "2314, TransientResource, 58030",
        "2058, TransientResource, 58030",
        "3594, TransientResource, 58030",
        "2826, TransientResource, 58030",
        "11, NonTransientResource, XX001",
        "267, NonTransientResource, XX001",
        "523, NonTransientResource, XX001",
        "779, NonTransientResource, XX001",
        "24, NonTransientResource, XX001",
        "26, NonTransientResource, XX001",
        "12, NonTransient, HY000",
        "21, NonTransient, HY000",
        "25, NonTransient, HY000",
        "13, NonTransientResource, 53100",
        "14, NonTransientResource, 08001",
        "270, NonTransientResource, 08001",
        "526, NonTransientResource, 08001",
        "782, NonTransientResource, 08001",
        "1038, NonTransientResource, 08001",
        "1294, NonTransientResource, 08001",
        "1550, NonTransientResource, 08001",
        "22, NonTransientResource, 08001",
        "15, TransientResource, 08P01",
        "16, TransientResource, 40001",
        "17, TransientResource, 40001",
        "18, NonTransient, 54000",
        "2067, DataIntegrity, 23505",
        "1555, DataIntegrity, 23505",
        "2579, DataIntegrity, 23505",
        "1299, DataIntegrity, 23502",
        "787, DataIntegrity, 23503",
        "275, DataIntegrity, 23514",
        "1811, DataIntegrity, 23000",
        "1043, DataIntegrity, 23000",
        "2323, DataIntegrity, 23000",
        "2835, DataIntegrity, 23000",
        "19, DataIntegrity, 23000",
        "3091, DataIntegrity, 22018",
        "20, DataIntegrity, 22018",
        "531, Rollback, 40000",
        "27, NonTransient, 01000",
        "28, NonTransient, 01000",
        "283, NonTransient, 01000",
        "539, NonTransient, 01000",
        "284, NonTransient, 01000",
    })
    void code_isMappedToClassAndState(int code, String family, String sqlState) {
        R2dbcException error = Errors.of(code, null, "SELECT 1", null);
        assertThat(error).isInstanceOf(CLASSES.get(family)).isInstanceOf(SqliteException.class);
        assertThat(error.getSqlState()).isEqualTo(sqlState);
        assertThat(error.getErrorCode()).isEqualTo(code);
        assertThat(error.getMessage()).startsWith("[" + SqliteErrorCode.of(code).sqliteName() + "] SQLite reports");
        assertThat(SqliteErrorCode.of(code).exceptionType()).isEqualTo(error.getClass());
        assertThat(SqliteErrorCode.of(code).sqlState()).isEqualTo(sqlState);
    }

    @ParameterizedTest
    @EnumSource(SqliteErrorCode.class)
    void constant_isFoundByItsCode(SqliteErrorCode constant) {
        assertThat(SqliteErrorCode.of(constant.code())).isSameAs(constant);
        assertThat(constant.primaryCode()).isEqualTo(constant.code() & 0xFF);
        assertThat(constant.sqlState()).hasSize(5);
        assertThat(Errors.of(constant.code(), "text", null, null)).isInstanceOf(constant.exceptionType());
    }

    @Test
    void constants_haveTheNamesAndNumbersOfSqliteJdbc() {
        Map<String, Integer> theirs = new HashMap<>();
        Arrays.stream(SQLiteErrorCode.values())
                .filter(code -> code != SQLiteErrorCode.UNKNOWN_ERROR)
                .forEach(code -> theirs.put(code.name(), code.code));
        Map<String, Integer> ours = new HashMap<>();
        Arrays.stream(SqliteErrorCode.values()).forEach(code -> ours.put(code.sqliteName(), code.code()));
        assertThat(ours).containsAllEntriesOf(theirs);
    }

    @Test
    void constants_haveDifferentCodes() {
        assertThat(new TreeSet<>(Arrays.stream(SqliteErrorCode.values())
                        .map(SqliteErrorCode::code)
                        .toList()))
                .hasSameSizeAs(SqliteErrorCode.values());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 101, 256, 512, 27, 28, 283, 284, 539})
    void successAndNotice_areNotErrors(int code) {
        assertThat(SqliteErrorCode.of(code).isError()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"9994, IOERR", "16147, CONSTRAINT", "1029, BUSY", "-1, INTERNAL", "77, INTERNAL"})
    void of_unknownCode_fallsBackToThePrimaryOne(int code, String name) {
        assertThat(SqliteErrorCode.of(code)).isEqualTo(SqliteErrorCode.valueOf(name));
        assertThat(Errors.of(code, "x", null, null).getErrorCode()).isEqualTo(code);
        assertThat(Errors.of(code, "x", null, null)).hasMessageStartingWith("[SQLITE_" + name + " " + code + "] x.");
    }
}
