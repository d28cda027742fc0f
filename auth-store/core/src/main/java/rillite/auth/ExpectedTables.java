package rillite.auth;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the tables must have, whoever made them: columns with type, {@code !} for NOT NULL; keys; parents. */
final class ExpectedTables {

    private static final String COLUMNS = """
            auth_user: id TEXT!, email TEXT, email_key TEXT, email_verified_at INTEGER, name TEXT, image TEXT, \
            disabled_at INTEGER, session_epoch INTEGER!, created_at INTEGER!, updated_at INTEGER!
            auth_account: id TEXT!, user_id TEXT!, provider TEXT!, provider_account_id TEXT!, type TEXT!, tokens_enc BLOB, \
            token_version INTEGER!, expires_at INTEGER, scope TEXT, created_at INTEGER!
            auth_session: token_hash BLOB!, id TEXT!, user_id TEXT!, epoch INTEGER!, created_at INTEGER!, \
            last_seen_at INTEGER!, expires_at INTEGER!, absolute_expires_at INTEGER!, aal INTEGER!, ip TEXT, \
            user_agent TEXT, data TEXT, version INTEGER!
            auth_token: token_hash BLOB!, purpose TEXT!, subject TEXT!, claims TEXT, created_at INTEGER!, expires_at INTEGER!
            auth_password: user_id TEXT!, hash TEXT!, changed_at INTEGER!
            auth_passkey: credential_id BLOB!, user_id TEXT!, user_handle BLOB!, public_key BLOB!, counter INTEGER!, \
            device_type TEXT, backup_eligible INTEGER!, backed_up INTEGER!, uv_initialized INTEGER!, transports TEXT, \
            aaguid BLOB, label TEXT, attestation BLOB, client_data BLOB, created_at INTEGER!, last_used_at INTEGER
            auth_totp: user_id TEXT!, secret_enc BLOB!, confirmed_at INTEGER, last_step INTEGER!
            auth_backup_code: user_id TEXT!, code_hash BLOB!
            auth_role: name TEXT!
            auth_role_permission: role TEXT!, permission TEXT!
            auth_user_role: user_id TEXT!, role TEXT!
            auth_throttle: key TEXT!, window_start INTEGER!, hits INTEGER!, locked_until INTEGER
            auth_generation: id INTEGER!, value INTEGER!
            auth_audit: seq INTEGER, at INTEGER!, event TEXT!, user_id TEXT, actor TEXT, ip TEXT, detail TEXT
            """;

    private static final List<String> KEYS = List.of(
            "auth_user(id)",
            "auth_user(email_key)",
            "auth_account(id)",
            "auth_account(provider,provider_account_id)",
            "auth_session(token_hash)",
            "auth_session(id)",
            "auth_token(token_hash)",
            "auth_password(user_id)",
            "auth_passkey(credential_id)",
            "auth_totp(user_id)",
            "auth_backup_code(user_id,code_hash)",
            "auth_role(name)",
            "auth_role_permission(role,permission)",
            "auth_user_role(user_id,role)",
            "auth_throttle(key)");

    private static final List<String> PARENTS = List.of(
            "auth_account.user_id",
            "auth_session.user_id",
            "auth_password.user_id",
            "auth_passkey.user_id",
            "auth_totp.user_id",
            "auth_backup_code.user_id",
            "auth_user_role.user_id",
            "auth_user_role.role",
            "auth_role_permission.role");

    private static final List<String> TRIGGERS = List.of(
            "auth_generation_session_deleted",
            "auth_generation_session_updated",
            "auth_generation_session_replaced",
            "auth_generation_user_deleted",
            "auth_generation_user_updated",
            "auth_generation_user_replaced",
            "auth_generation_role_given",
            "auth_generation_role_taken",
            "auth_generation_role_changed");

    private ExpectedTables() {}

    /** Type of each column, by table and column. */
    static Map<String, Map<String, String>> columns() {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        for (String line : COLUMNS.lines().toList()) {
            int colon = line.indexOf(':');
            Map<String, String> columns = new LinkedHashMap<>();
            Arrays.stream(line.substring(colon + 1).split(","))
                    .map(column -> column.strip().split(" "))
                    .forEach(column -> columns.put(column[0], column[1]));
            tables.put(line.substring(0, colon), columns);
        }
        return tables;
    }

    /** Primary and unique keys, without which two would win a race. */
    static List<String> keys() {
        return KEYS;
    }

    /** Columns that must go with the row they reference. */
    static List<String> parents() {
        return PARENTS;
    }

    /** What moves the generation, without which nothing is remembered. */
    static List<String> triggers() {
        return TRIGGERS;
    }
}
