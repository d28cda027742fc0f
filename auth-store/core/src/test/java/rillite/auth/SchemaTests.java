package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.core.testing.Await.fails;
import static rillite.core.testing.Await.get;
import static rillite.core.testing.Await.run;

import org.junit.jupiter.api.Test;
import rillite.querysets.Database;

final class SchemaTests extends StoreTests {

    private void sql(String text) {
        run(store.db.sql(text).execute());
    }

    @Test
    void migrate_makesFourteenStrictTables_once() {
        run(auth.migrate());

        assertThat(store.count(
                        "SELECT count(*) FROM pragma_table_list WHERE name LIKE 'auth!_%' ESCAPE '!' AND strict"))
                .isEqualTo(14);
        assertThat(store.count("SELECT count(*) FROM rillite_migration WHERE set_name = 'rillite-auth'"))
                .isEqualTo(2);
    }

    @Test
    void verifySchema_afterMigrate_isSound() {
        SchemaReport report = get(auth.verifySchema());

        assertThat(report.problems()).isEmpty();
        assertThat(report.orphans()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.orThrow()).isSameAs(report);
    }

    @Test
    void verifySchema_renamedColumn_namesBoth() {
        sql("ALTER TABLE auth_session RENAME COLUMN user_agent TO useragent");
        SchemaReport report = get(auth.verifySchema());

        assertThat(report.problems()).containsExactly("column auth_session.user_agent is missing (is it useragent?)");
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(SchemaMismatchException.class)
                .hasMessageContaining("auth_session.user_agent");
    }

    @Test
    void verifySchema_handMadeTable_isToldApart() {
        sql("DROP TABLE auth_token");
        sql("CREATE TABLE auth_tokens (token_hash BLOB)");
        sql("DROP TABLE auth_account");
        sql("CREATE TABLE auth_account (id TEXT PRIMARY KEY NOT NULL, user_id TEXT NOT NULL REFERENCES auth_user (id),"
                + " provider TEXT NOT NULL, provider_account_id TEXT NOT NULL, type TEXT NOT NULL, tokens_enc BLOB,"
                + " token_version TEXT NOT NULL, expires_at INTEGER, scope TEXT, created_at INTEGER)");

        assertThat(get(auth.verifySchema()).problems())
                .containsExactlyInAnyOrder(
                        "table auth_token is missing (is it auth_tokens?)",
                        "table auth_account is not STRICT",
                        "column auth_account.token_version is TEXT NOT NULL and should be INTEGER NOT NULL",
                        "column auth_account.created_at is INTEGER and should be INTEGER NOT NULL",
                        "key auth_account(provider,provider_account_id) is not unique",
                        "column auth_account.user_id does not reference its parent ON DELETE CASCADE");
    }

    @Test
    void verifySchema_missingTrigger_isNamed() {
        sql("DROP TRIGGER auth_generation_user_updated");

        assertThat(get(auth.verifySchema()).problems())
                .containsExactly("trigger auth_generation_user_updated is missing");
    }

    @Test
    void verifySchema_rowsWithoutParent_areReported() {
        UserId ada = store.user("ada@example.org");
        store.session(ada);
        try (Raw raw = new Raw(store.file)) {
            raw.run("PRAGMA foreign_keys = OFF");
            raw.run("DELETE FROM auth_user");
        }

        SchemaReport report = get(auth.verifySchema());
        assertThat(report.orphans()).containsExactly("1 rows of auth_session have no row in auth_user");
        assertThat(report.isSound()).isFalse();
        assertThat(report.orThrow().problems()).isEmpty();
    }

    @Test
    void database_ofAnotherKind_hasNothing() {
        Database empty = get(Database.open(directory.resolve("empty.db")));
        try {
            assertThat(get(AuthStore.on(empty).verifySchema()).problems())
                    .hasSize(14)
                    .allMatch(problem -> problem.contains("is missing"));
        } finally {
            run(empty.close());
        }
    }

    @Test
    void operations_withoutTables_sayWhatToDo() {
        Database empty = get(Database.open(directory.resolve("empty.db")));
        try {
            AuthStore forgotten = AuthStore.on(empty, Fixture.options(store.clock));
            fails(
                    forgotten.users().create(NewUser.of("ada@example.org")),
                    SchemaMismatchException.class,
                    "no such table: auth_user. Has migrate() run?");
            fails(
                    forgotten.tokens().issue(Purpose.MAGIC_LINK, "ada"),
                    SchemaMismatchException.class,
                    "no such table: auth_token");
            fails(
                    forgotten.passwords().verify("ada@example.org", "correct horse"),
                    SchemaMismatchException.class,
                    "no such table: auth_throttle");
        } finally {
            run(empty.close());
        }
    }

    @Test
    void operations_withAColumnRenamed_nameIt() {
        UserId ada = store.user("ada@example.org");
        String token = store.session(ada).token().expose();
        sql("ALTER TABLE auth_session RENAME COLUMN aal TO level");
        sql("ALTER TABLE auth_token RENAME COLUMN claims TO claim");

        fails(auth.sessions().authenticate(token), SchemaMismatchException.class, "no such column: s.aal");
        fails(
                auth.tokens().issue(Purpose.MAGIC_LINK, "ada"),
                SchemaMismatchException.class,
                "table auth_token has no column named claims");
    }

    @Test
    void store_printsNoOptions() {
        assertThat(auth.toString()).startsWith("AuthStore[Database[");
    }
}
