package rillite.auth.spring.session;

import static org.assertj.core.api.Assertions.assertThat;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.find;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import rillite.auth.SchemaMismatchException;
import rillite.querysets.Database;
import rillite.r2dbc.testing.LeakFree;

/** The tables: made, found as Spring Session makes them, and as older versions did. */
@ExtendWith(LeakFree.class)
final class TablesTests {

    private static final String SCHEMA =
            "SELECT group_concat(name || ':' || cid || ':' || type || ':' || \"notnull\" || ':'"
                    + " || pk, ' ') FROM pragma_table_info(?1)";

    @TempDir
    Path directory = Path.of("");

    private Database db;
    private SqliteReactiveSessionRepository sessions;

    @BeforeEach
    void open() {
        db = get(Database.open(directory.resolve("sessions.db")));
        sessions = new SqliteReactiveSessionRepository(db);
    }

    @AfterEach
    void close() {
        run(db.close());
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(
                TablesTests.class.getResourceAsStream("/org/springframework/session/jdbc/schema-sqlite.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sql(String script) {
        for (String statement : script.split(";")) {
            if (!statement.isBlank()) {
                run(db.sql(statement.strip()).execute());
            }
        }
    }

    private String schema(String table) {
        return get(db.sql(SCHEMA, table).values().flat(String.class).get());
    }

    private void assertWorks() {
        SqliteSession session = get(sessions.createSession());
        session.setAttribute("a", "1");
        run(sessions.save(session));
        assertThat(get(sessions.findById(session.getId())).<String>getAttribute("a"))
                .isEqualTo("1");
        run(sessions.deleteById(session.getId()));
        assertThat(find(sessions.findById(session.getId()))).isNull();
    }

    @Test
    void migrate_emptyFile_makesTheTablesOfSpringSession() {
        SessionTables tables = get(sessions.migrate());
        assertThat(tables.created())
                .containsExactly(
                        "SPRING_SESSION",
                        "SPRING_SESSION_ATTRIBUTES",
                        "SPRING_SESSION_IX1",
                        "SPRING_SESSION_IX2",
                        "SPRING_SESSION_IX3");
        assertThat(tables.remarks()).isEmpty();
        assertThat(get(sessions.migrate()).created()).isEmpty();
        assertWorks();
        String own = schema("SPRING_SESSION");
        String ownAttributes = schema("SPRING_SESSION_ATTRIBUTES");
        sql("DROP TABLE SPRING_SESSION_ATTRIBUTES; DROP TABLE SPRING_SESSION;" + script());
        assertThat(own).isEqualTo(schema("SPRING_SESSION"));
        assertThat(ownAttributes).isEqualTo(schema("SPRING_SESSION_ATTRIBUTES"));
    }

    @Test
    void migrate_tablesOfSpringSession_changesNothing() {
        sql(script());
        SessionTables tables = get(sessions.migrate());
        assertThat(tables.created()).isEmpty();
        assertThat(tables.remarks()).isEmpty();
        assertWorks();
    }

    @Test
    void migrate_tablesOfOlderVersions_areAccepted_andReported() {
        sql(script().replace("UNIQUE ", "").replaceAll("CREATE INDEX SPRING_SESSION_IX3[^;]*;", ""));
        SessionTables tables = get(sessions.migrate());
        assertThat(tables.created()).containsExactly("SPRING_SESSION_IX3");
        assertThat(tables.remarks()).singleElement().asString().contains("SESSION_ID", "no unique index", "IX1");
        assertWorks();

        SqliteSession session = get(sessions.createSession());
        run(sessions.save(session));
        sql("INSERT INTO SPRING_SESSION SELECT 'other', SESSION_ID, CREATION_TIME, LAST_ACCESS_TIME,"
                + " MAX_INACTIVE_INTERVAL, EXPIRY_TIME, PRINCIPAL_NAME FROM SPRING_SESSION");
        assertThat(find(sessions.findById(session.getId()))).isNull();
    }

    @Test
    void migrate_tableWithAnotherColumn_namesIt_andChangesNothing() {
        sql(script().replace("PRINCIPAL_NAME", "PRINCIPLE_NAME").replaceAll("CREATE INDEX [^;]*;", ""));
        fails(
                sessions.migrate(),
                SchemaMismatchException.class,
                "SPRING_SESSION.PRINCIPAL_NAME",
                "missing",
                "PRINCIPLE_NAME");
        assertThat(get(db.sql("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'SPRING_SESSION_IX%'")
                        .values()
                        .flat(Long.class)
                        .get()))
                .isEqualTo(1);
    }

    @Test
    void migrate_byManyAtOnce_makesThemOnce() {
        List<SessionTables> all = get(Flux.range(0, 8)
                .flatMap(i -> Mono.defer(sessions::migrate).subscribeOn(Schedulers.parallel()))
                .collectList());
        assertThat(all).filteredOn(tables -> !tables.created().isEmpty()).hasSize(1);
    }

    @Test
    void migrate_otherNames_standBeside() {
        SqliteReactiveSessionRepository other = new SqliteReactiveSessionRepository(
                db, SessionOptions.defaults().table("shop_sessions"));
        run(sessions.migrate());
        assertThat(get(other.migrate()).created()).contains("shop_sessions", "shop_sessions_ATTRIBUTES");
        SqliteSession session = get(other.createSession());
        session.setAttribute("a", "1");
        run(other.save(session));
        assertThat(find(sessions.findById(session.getId()))).isNull();
        assertThat(get(other.findById(session.getId())).getAttributeNames()).containsExactly("a");
        assertThat(other.toString()).contains("shop_sessions");
    }
}
