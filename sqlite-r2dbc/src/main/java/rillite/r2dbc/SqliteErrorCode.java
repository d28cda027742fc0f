package rillite.r2dbc;

import io.r2dbc.spi.R2dbcException;
import java.util.HashMap;
import java.util.Map;

/**
 * SQLite's result codes, primary and extended, with the exception class and the SQLState each is reported with.
 *
 * <p>Class and state are those of the code alone. Two things refine them: the message of {@link #ERROR}, which covers
 * everything from a typing mistake to an overflow, and the moment: an I/O error returned by COMMIT leaves the outcome
 * unknown (SQLState 08007).
 */
public enum SqliteErrorCode {
    OK(0, ErrorFamily.NONE, "00000"),
    ERROR(1, ErrorFamily.BAD_GRAMMAR, "42000"),
    INTERNAL(2, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX000"),
    PERM(3, ErrorFamily.PERMISSION_DENIED, "42501"),
    ABORT(4, ErrorFamily.ROLLBACK, "40000"),
    BUSY(5, ErrorFamily.TRANSIENT_RESOURCE, "55006"),
    LOCKED(6, ErrorFamily.TRANSIENT_RESOURCE, "55006"),
    NOMEM(7, ErrorFamily.NON_TRANSIENT_RESOURCE, "53200"),
    READONLY(8, ErrorFamily.PERMISSION_DENIED, "25006"),
    INTERRUPT(9, ErrorFamily.TIMEOUT, "57014"),
    IOERR(10, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    CORRUPT(11, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX001"),
    NOTFOUND(12, ErrorFamily.NON_TRANSIENT, "HY000"),
    FULL(13, ErrorFamily.NON_TRANSIENT_RESOURCE, "53100"),
    CANTOPEN(14, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    PROTOCOL(15, ErrorFamily.TRANSIENT_RESOURCE, "08P01"),
    EMPTY(16, ErrorFamily.TRANSIENT_RESOURCE, "40001"),
    SCHEMA(17, ErrorFamily.TRANSIENT_RESOURCE, "40001"),
    TOOBIG(18, ErrorFamily.NON_TRANSIENT, "54000"),
    CONSTRAINT(19, ErrorFamily.DATA_INTEGRITY, "23000"),
    MISMATCH(20, ErrorFamily.DATA_INTEGRITY, "22018"),
    MISUSE(21, ErrorFamily.NON_TRANSIENT, "HY000"),
    NOLFS(22, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    AUTH(23, ErrorFamily.PERMISSION_DENIED, "42501"),
    FORMAT(24, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX001"),
    RANGE(25, ErrorFamily.NON_TRANSIENT, "HY000"),
    NOTADB(26, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX001"),
    NOTICE(27, ErrorFamily.NONE, "01000"),
    WARNING(28, ErrorFamily.NONE, "01000"),
    ROW(100, ErrorFamily.NONE, "00000"),
    DONE(101, ErrorFamily.NONE, "00000"),
    ERROR_MISSING_COLLSEQ(257, ErrorFamily.BAD_GRAMMAR, "42704"),
    ERROR_RETRY(513, ErrorFamily.TRANSIENT_RESOURCE, "40001"),
    ERROR_SNAPSHOT(769, ErrorFamily.ROLLBACK, "40001"),
    ABORT_ROLLBACK(516, ErrorFamily.ROLLBACK, "40000"),
    BUSY_RECOVERY(261, ErrorFamily.TRANSIENT_RESOURCE, "55006"),
    BUSY_SNAPSHOT(517, ErrorFamily.ROLLBACK, "40001"),
    BUSY_TIMEOUT(773, ErrorFamily.TIMEOUT, "55P03"),
    LOCKED_SHAREDCACHE(262, ErrorFamily.TRANSIENT_RESOURCE, "55006"),
    LOCKED_VTAB(518, ErrorFamily.TRANSIENT_RESOURCE, "55006"),
    READONLY_RECOVERY(264, ErrorFamily.PERMISSION_DENIED, "25006"),
    READONLY_CANTLOCK(520, ErrorFamily.PERMISSION_DENIED, "25006"),
    READONLY_ROLLBACK(776, ErrorFamily.PERMISSION_DENIED, "25006"),
    READONLY_DBMOVED(1032, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    READONLY_CANTINIT(1288, ErrorFamily.PERMISSION_DENIED, "25006"),
    READONLY_DIRECTORY(1544, ErrorFamily.PERMISSION_DENIED, "25006"),
    IOERR_READ(266, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_SHORT_READ(522, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_WRITE(778, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_FSYNC(1034, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_DIR_FSYNC(1290, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_TRUNCATE(1546, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_FSTAT(1802, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_UNLOCK(2058, ErrorFamily.TRANSIENT_RESOURCE, "58030"),
    IOERR_RDLOCK(2314, ErrorFamily.TRANSIENT_RESOURCE, "58030"),
    IOERR_DELETE(2570, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_BLOCKED(2826, ErrorFamily.TRANSIENT_RESOURCE, "58030"),
    IOERR_NOMEM(3082, ErrorFamily.NON_TRANSIENT_RESOURCE, "53200"),
    IOERR_ACCESS(3338, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_CHECKRESERVEDLOCK(3594, ErrorFamily.TRANSIENT_RESOURCE, "58030"),
    IOERR_LOCK(3850, ErrorFamily.TRANSIENT_RESOURCE, "58030"),
    IOERR_CLOSE(4106, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_DIR_CLOSE(4362, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_SHMOPEN(4618, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_SHMSIZE(4874, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_SHMLOCK(5130, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_SHMMAP(5386, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_SEEK(5642, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_DELETE_NOENT(5898, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_MMAP(6154, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_GETTEMPPATH(6410, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_CONVPATH(6666, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_VNODE(6922, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_AUTH(7178, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_BEGIN_ATOMIC(7434, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_COMMIT_ATOMIC(7690, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_ROLLBACK_ATOMIC(7946, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_DATA(8202, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_CORRUPTFS(8458, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_IN_PAGE(8714, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_BADKEY(8970, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    IOERR_CODEC(9226, ErrorFamily.NON_TRANSIENT_RESOURCE, "58030"),
    CORRUPT_VTAB(267, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX001"),
    CORRUPT_SEQUENCE(523, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX001"),
    CORRUPT_INDEX(779, ErrorFamily.NON_TRANSIENT_RESOURCE, "XX001"),
    CANTOPEN_NOTEMPDIR(270, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    CANTOPEN_ISDIR(526, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    CANTOPEN_FULLPATH(782, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    CANTOPEN_CONVPATH(1038, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    CANTOPEN_DIRTYWAL(1294, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    CANTOPEN_SYMLINK(1550, ErrorFamily.NON_TRANSIENT_RESOURCE, "08001"),
    CONSTRAINT_CHECK(275, ErrorFamily.DATA_INTEGRITY, "23514"),
    CONSTRAINT_COMMITHOOK(531, ErrorFamily.ROLLBACK, "40000"),
    CONSTRAINT_FOREIGNKEY(787, ErrorFamily.DATA_INTEGRITY, "23503"),
    CONSTRAINT_FUNCTION(1043, ErrorFamily.DATA_INTEGRITY, "23000"),
    CONSTRAINT_NOTNULL(1299, ErrorFamily.DATA_INTEGRITY, "23502"),
    CONSTRAINT_PRIMARYKEY(1555, ErrorFamily.DATA_INTEGRITY, "23505"),
    CONSTRAINT_TRIGGER(1811, ErrorFamily.DATA_INTEGRITY, "23000"),
    CONSTRAINT_UNIQUE(2067, ErrorFamily.DATA_INTEGRITY, "23505"),
    CONSTRAINT_VTAB(2323, ErrorFamily.DATA_INTEGRITY, "23000"),
    CONSTRAINT_ROWID(2579, ErrorFamily.DATA_INTEGRITY, "23505"),
    CONSTRAINT_PINNED(2835, ErrorFamily.DATA_INTEGRITY, "23000"),
    CONSTRAINT_DATATYPE(3091, ErrorFamily.DATA_INTEGRITY, "22018"),
    AUTH_USER(279, ErrorFamily.PERMISSION_DENIED, "42501"),
    NOTICE_RECOVER_WAL(283, ErrorFamily.NONE, "01000"),
    NOTICE_RECOVER_ROLLBACK(539, ErrorFamily.NONE, "01000"),
    WARNING_AUTOINDEX(284, ErrorFamily.NONE, "01000"),
    OK_LOAD_PERMANENTLY(256, ErrorFamily.NONE, "00000"),
    OK_SYMLINK(512, ErrorFamily.NONE, "00000");

    private static final Map<Integer, SqliteErrorCode> BY_CODE = new HashMap<>();

    static {
        for (SqliteErrorCode constant : values()) {
            BY_CODE.put(constant.code, constant);
        }
    }

    private final int code;
    private final ErrorFamily family;
    private final String sqlState;

    SqliteErrorCode(int code, ErrorFamily family, String sqlState) {
        this.code = code;
        this.family = family;
        this.sqlState = sqlState;
    }

    /**
     * The constant for a code; an extended code that is not known gives its primary one, any other unknown number gives
     * {@link #INTERNAL}.
     */
    public static SqliteErrorCode of(int code) {
        SqliteErrorCode exact = BY_CODE.get(code);
        return exact != null ? exact : BY_CODE.getOrDefault(code & 0xFF, INTERNAL);
    }

    /** The number SQLite returns; an extended code has its primary code in the lowest eight bits. */
    public int code() {
        return code;
    }

    /** The lowest eight bits of the code. */
    public int primaryCode() {
        return code & 0xFF;
    }

    /** The name in SQLite's documentation, such as {@code SQLITE_CONSTRAINT_UNIQUE}. */
    public String sqliteName() {
        return "SQLITE_" + name();
    }

    /** The SQLState of the code alone, five characters; 00000 for codes that report success. */
    public String sqlState() {
        return sqlState;
    }

    /** The exception class of the code alone. */
    public Class<? extends R2dbcException> exceptionType() {
        return family.type();
    }

    /** False for codes that report success, a notice or a warning. */
    public boolean isError() {
        return family != ErrorFamily.NONE;
    }

    ErrorFamily family() {
        return family;
    }
}
