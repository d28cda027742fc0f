package rillite.r2dbc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one physical connection is opened: URL without options, flags, PRAGMAs in their order, limits. */
record PhysicalPlan(
        String url,
        int openFlags,
        int busyTimeoutMillis,
        int statementCacheSize,
        List<String> pragmas,
        Map<Integer, Integer> limits,
        List<SqliteFunction> functions) {
    private static final int READONLY = 0x1;
    private static final int READWRITE = 0x2;
    private static final int CREATE = 0x4;
    private static final int URI = 0x40;
    private static final int NOMUTEX = 0x8000;
    static final int LIMIT_ATTACHED = 7;
    static final int ATTACHED_FOR_VACUUM = 10;
    private static final int LIMIT_LIKE_PATTERN_LENGTH = 8;
    private static final int LIKE_PATTERN = 1000;
    private static final int WRITER_BUSY_MILLIS = 5;
    private static final int READER_BUSY_MILLIS = 50;
    /** A net only: the engine checkpoints by itself long before. */
    private static final int AUTOCHECKPOINT_PAGES = 16_000;

    PhysicalPlan {
        pragmas = List.copyOf(pragmas);
        limits = Map.copyOf(limits);
        functions = List.copyOf(functions);
    }

    static PhysicalPlan of(SqliteConnectionConfiguration configuration, @Nullable Path file, Role role) {
        boolean readOnly = configuration.mode() == OpenMode.RO;
        List<String> pragmas = new ArrayList<>();
        configuration.pragmas().forEach((name, value) -> {
            if (Pragmas.first(name)) {
                pragmas.add("PRAGMA " + name + "=" + value);
            }
        });
        pragmas.add("PRAGMA synchronous=" + configuration.synchronous());
        pragmas.add("PRAGMA foreign_keys=" + onOff(configuration.foreignKeys()));
        pragmas.add("PRAGMA trusted_schema=" + onOff(configuration.trustedSchema()));
        pragmas.add("PRAGMA cell_size_check=" + onOff(configuration.cellSizeCheck()));
        pragmas.add("PRAGMA mmap_size=" + configuration.mmapSize());
        pragmas.add("PRAGMA cache_size=" + configuration.cacheSize());
        pragmas.add("PRAGMA temp_store=" + configuration.tempStore());
        if (!readOnly) {
            pragmas.add("PRAGMA journal_size_limit=" + configuration.walSoftLimit());
            boolean external = configuration.checkpoints() == CheckpointOwner.EXTERNAL;
            boolean never = external || role == Role.DEDICATED;
            pragmas.add("PRAGMA wal_autocheckpoint=" + (never ? 0 : AUTOCHECKPOINT_PAGES));
        }
        configuration.pragmas().forEach((name, value) -> {
            if (!Pragmas.first(name)) {
                pragmas.add("PRAGMA " + name + "=" + value);
            }
        });
        if (role == Role.READER) {
            pragmas.add("PRAGMA query_only=1");
        }
        Map<Integer, Integer> limits = new LinkedHashMap<>();
        limits.put(LIMIT_LIKE_PATTERN_LENGTH, LIKE_PATTERN);
        if (role != Role.DEDICATED) {
            limits.put(LIMIT_ATTACHED, 0);
        }
        return new PhysicalPlan(
                url(configuration, file),
                flags(configuration),
                role == Role.WRITER ? WRITER_BUSY_MILLIS : READER_BUSY_MILLIS,
                configuration.statementCacheSize(),
                pragmas,
                limits,
                configuration.functions());
    }

    private static String url(SqliteConnectionConfiguration configuration, @Nullable Path file) {
        if (file == null) {
            return "jdbc:sqlite::memory:";
        }
        if (configuration.immutable()) {
            return "jdbc:sqlite:" + file.toUri().toString().replace("file:///", "file:/") + "?immutable=1";
        }
        return "jdbc:sqlite:" + file;
    }

    private static int flags(SqliteConnectionConfiguration configuration) {
        int access = switch (configuration.mode()) {
            case RO -> READONLY;
            case RW -> READWRITE;
            case RWC -> READWRITE | CREATE;
        };
        return access | NOMUTEX | (configuration.immutable() ? URI : 0);
    }

    private static String onOff(boolean on) {
        return on ? "1" : "0";
    }

    /** What the connection is for. */
    enum Role {
        WRITER,
        READER,
        /** A session's own connection: may attach files and keep temporary tables. */
        DEDICATED
    }
}
