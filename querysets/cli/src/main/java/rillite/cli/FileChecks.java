package rillite.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the doctor says about the file and what lies beside it. */
final class FileChecks {

    private static final long LARGE_LOG = 64L << 20;
    private static final long WORTH_A_VACUUM = 10L << 20;
    private static final Set<String> REMOTE = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "9p",
            "afs",
            "ceph",
            "fuse.sshfs",
            "fuse.rclone",
            "vboxsf",
            "drvfs",
            "prl_fs",
            "webdav",
            "davfs",
            "fuse.davfs2",
            "fuse.s3fs",
            "fuse.glusterfs",
            "glusterfs");

    private FileChecks() {}

    static List<Finding> version(Patient patient) {
        String here = patient.schema().sqliteVersion();
        String check = "sqlite version";
        if (SqliteVersion.of(here).hasWalResetBug()) {
            return List.of(Finding.warning(
                    check,
                    "this program has SQLite " + here + ", in whose write-ahead log two processes may lose commits",
                    "use sqlite-jdbc 3.51.3 or newer"));
        }
        String writer = patient.file().header().writer();
        if (writer != null
                && patient.file().header().isWal()
                && SqliteVersion.of(writer).hasWalResetBug()) {
            return List.of(Finding.warning(
                    check,
                    "a program with SQLite " + writer + " wrote this file last; in its write-ahead log two processes"
                            + " that write at the same instant may lose commits",
                    "update that program to SQLite 3.51.3 or newer (3.50.7 and 3.44.6 are repaired too)"));
        }
        return List.of(Finding.ok(
                check,
                "this program has SQLite " + here + (writer == null ? "" : ", the file was written by " + writer)));
    }

    static List<Finding> fileSystem(Patient patient) {
        String check = "file system";
        String type;
        try {
            type = Files.getFileStore(patient.file().real()).type().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return List.of(
                    Finding.note(check, "its type is not known: " + e.getMessage(), "keep the file on a local disk"));
        }
        return List.of(
                REMOTE.contains(type)
                        ? Finding.error(
                                check,
                                "the file is on " + type
                                        + ", where locks and shared memory do not work as SQLite needs",
                                "move it to a local disk; reach it from elsewhere through a service")
                        : Finding.ok(check, type));
    }

    static List<Finding> journalMode(Patient patient) {
        String check = "journal mode";
        String mode = patient.open().text("PRAGMA journal_mode");
        return List.of(
                mode.equalsIgnoreCase("wal")
                        ? Finding.ok(check, "wal: readers and the writer do not wait for each other")
                        : Finding.warning(
                                check,
                                mode + ": a writer keeps out all readers, and a reader the writer",
                                "PRAGMA journal_mode = WAL (a program with Rillite does so when it opens the file for"
                                        + " writing)"));
    }

    /** Not kept in the file, so all that can be said is what each program must do. */
    static List<Finding> synchronous(Patient patient) {
        return List.of(Finding.ok(
                "synchronous",
                "FULL in programs with Rillite: what was acknowledged survives a power cut. Other programs set it"
                        + " themselves for each connection"));
    }

    static List<Finding> log(Patient patient) {
        String check = "write-ahead log";
        long bytes = InputFile.size(patient.file().beside("-wal"));
        if (bytes > LARGE_LOG) {
            return List.of(Finding.warning(
                    check,
                    Numbers.bytes(bytes) + ": a reader that never ends keeps it from being written back, or no program"
                            + " does so",
                    "end long transactions of readers, then PRAGMA wal_checkpoint(TRUNCATE)"));
        }
        long journal = InputFile.size(patient.file().beside("-journal"));
        if (journal > 0) {
            return List.of(Finding.warning(
                    check,
                    "a rollback journal of " + Numbers.bytes(journal)
                            + " lies beside the file: a program is writing, or" + " ended in the middle",
                    "never delete or rename it; open the file once for writing, and SQLite repairs it"));
        }
        return List.of(Finding.ok(check, bytes == 0 ? "empty" : Numbers.bytes(bytes)));
    }

    static List<Finding> freePages(Patient patient) {
        String check = "free pages";
        OpenDatabase open = patient.open();
        long pages = open.number("PRAGMA page_count");
        long free = open.number("PRAGMA freelist_count");
        long bytes = free * open.number("PRAGMA page_size");
        return List.of(
                bytes > WORTH_A_VACUUM && free * 4 > pages
                        ? Finding.note(
                                check,
                                Numbers.bytes(bytes) + " of the file, " + free * 100 / pages + " %, are free",
                                "VACUUM (needs as much space again while it runs)")
                        : Finding.ok(check, Output.count(free, "free page") + " of " + Numbers.grouped(pages)));
    }

    static List<Finding> statistics(Patient patient) {
        String check = "statistics";
        OpenDatabase open = patient.open();
        boolean analysed = open.number("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") > 0;
        boolean large = open.number("PRAGMA page_count") > 1000;
        boolean indexed = patient.schema().tables().stream()
                .anyMatch(table -> !table.indexes().isEmpty());
        return List.of(
                !analysed && large && indexed
                        ? Finding.note(
                                check,
                                "none: SQLite guesses which index is the best one",
                                "PRAGMA optimize (a program with Rillite sends it when it closes the file)")
                        : Finding.ok(check, analysed ? "there" : "not needed yet"));
    }

    /** A version of SQLite. */
    private record SqliteVersion(int number) {

        static SqliteVersion of(String text) {
            int number = 0;
            for (String part : text.split("\\.", 4)) {
                number = number * 1000 + (part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : 0);
            }
            return new SqliteVersion(text.chars().filter(c -> c == '.').count() == 2 ? number : Integer.MAX_VALUE);
        }

        /** 3.7.0 to 3.51.2, without the branches that were repaired. */
        boolean hasWalResetBug() {
            boolean repaired = number >= 3_050_007 && number < 3_051_000 || number >= 3_044_006 && number < 3_045_000;
            return number >= 3_007_000 && number < 3_051_003 && !repaired;
        }
    }
}
