package rillite.auth.authjs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The tables of each layout as SQL. Those of kysely lack the DEFAULT CURRENT_TIMESTAMP of {@code emailVerified} that examples
 * have: it marks an address as verified that nobody has looked at.
 */
final class TableTexts {

    private static final String KYSELY = """
            CREATE TABLE IF NOT EXISTS "{USER}" (id varchar PRIMARY KEY, name text, email text NOT NULL UNIQUE,
              emailVerified timestamptz, image text);
            CREATE TABLE IF NOT EXISTS "{ACCOUNT}" (id varchar PRIMARY KEY,
              userId uuid NOT NULL REFERENCES "{USER}" (id) ON DELETE CASCADE, type text NOT NULL, provider text NOT NULL,
              providerAccountId text NOT NULL, refresh_token text, access_token text, expires_at bigint, token_type text,
              scope text, id_token text, session_state text);
            CREATE INDEX IF NOT EXISTS "{ACCOUNT}_userId_index" ON "{ACCOUNT}" (userId);
            CREATE TABLE IF NOT EXISTS "{SESSION}" (id varchar PRIMARY KEY,
              userId uuid NOT NULL REFERENCES "{USER}" (id) ON DELETE CASCADE, sessionToken text NOT NULL UNIQUE,
              expires timestamptz NOT NULL);
            CREATE INDEX IF NOT EXISTS "{SESSION}_userId_index" ON "{SESSION}" (userId);
            CREATE TABLE IF NOT EXISTS "{VERIFICATION}" (identifier text NOT NULL, token text NOT NULL UNIQUE,
              expires timestamptz NOT NULL);
            """;

    private static final String DRIZZLE = """
            CREATE TABLE IF NOT EXISTS "{USER}" (id text PRIMARY KEY NOT NULL, name text, email text,
              emailVerified integer, image text);
            CREATE UNIQUE INDEX IF NOT EXISTS "{USER}_email_unique" ON "{USER}" (email);
            CREATE TABLE IF NOT EXISTS "{ACCOUNT}" (userId text NOT NULL REFERENCES "{USER}" (id) ON DELETE CASCADE,
              type text NOT NULL, provider text NOT NULL, providerAccountId text NOT NULL, refresh_token text,
              access_token text, expires_at integer, token_type text, scope text, id_token text, session_state text,
              PRIMARY KEY (provider, providerAccountId));
            CREATE TABLE IF NOT EXISTS "{SESSION}" (sessionToken text PRIMARY KEY NOT NULL,
              userId text NOT NULL REFERENCES "{USER}" (id) ON DELETE CASCADE, expires integer NOT NULL);
            CREATE TABLE IF NOT EXISTS "{VERIFICATION}" (identifier text NOT NULL, token text NOT NULL,
              expires integer NOT NULL, PRIMARY KEY (identifier, token));
            CREATE TABLE IF NOT EXISTS "{AUTHENTICATOR}" (credentialID text NOT NULL,
              userId text NOT NULL REFERENCES "{USER}" (id) ON DELETE CASCADE, providerAccountId text NOT NULL,
              credentialPublicKey text NOT NULL, counter integer NOT NULL, credentialDeviceType text NOT NULL,
              credentialBackedUp integer NOT NULL, transports text, PRIMARY KEY (userId, credentialID));
            CREATE UNIQUE INDEX IF NOT EXISTS "{AUTHENTICATOR}_credentialID_unique"
              ON "{AUTHENTICATOR}" (credentialID);
            """;

    private static final String PRISMA = """
            CREATE TABLE IF NOT EXISTS "{USER}" (id TEXT NOT NULL PRIMARY KEY, name TEXT, email TEXT NOT NULL,
              emailVerified DATETIME, image TEXT);
            CREATE UNIQUE INDEX IF NOT EXISTS "{USER}_email_key" ON "{USER}" (email);
            CREATE TABLE IF NOT EXISTS "{ACCOUNT}" (userId TEXT NOT NULL, type TEXT NOT NULL, provider TEXT NOT NULL,
              providerAccountId TEXT NOT NULL, refresh_token TEXT, access_token TEXT, expires_at INTEGER, token_type TEXT,
              scope TEXT, id_token TEXT, session_state TEXT, PRIMARY KEY (provider, providerAccountId),
              FOREIGN KEY (userId) REFERENCES "{USER}" (id) ON DELETE CASCADE ON UPDATE CASCADE);
            CREATE TABLE IF NOT EXISTS "{SESSION}" (sessionToken TEXT NOT NULL, userId TEXT NOT NULL,
              expires DATETIME NOT NULL,
              FOREIGN KEY (userId) REFERENCES "{USER}" (id) ON DELETE CASCADE ON UPDATE CASCADE);
            CREATE UNIQUE INDEX IF NOT EXISTS "{SESSION}_sessionToken_key" ON "{SESSION}" (sessionToken);
            CREATE TABLE IF NOT EXISTS "{VERIFICATION}" (identifier TEXT NOT NULL, token TEXT NOT NULL,
              expires DATETIME NOT NULL, PRIMARY KEY (identifier, token));
            CREATE TABLE IF NOT EXISTS "{AUTHENTICATOR}" (credentialID TEXT NOT NULL, userId TEXT NOT NULL,
              providerAccountId TEXT NOT NULL, credentialPublicKey TEXT NOT NULL, counter INTEGER NOT NULL,
              credentialDeviceType TEXT NOT NULL, credentialBackedUp BOOLEAN NOT NULL, transports TEXT,
              PRIMARY KEY (userId, credentialID),
              FOREIGN KEY (userId) REFERENCES "{USER}" (id) ON DELETE CASCADE ON UPDATE CASCADE);
            CREATE UNIQUE INDEX IF NOT EXISTS "{AUTHENTICATOR}_credentialID_key" ON "{AUTHENTICATOR}" (credentialID);
            """;

    private static final Map<String, String> TEXTS = Map.of("kysely", KYSELY, "drizzle", DRIZZLE, "prisma", PRISMA);

    private TableTexts() {}

    /** The statements that make what is missing. */
    static List<String> of(Layout layout) {
        String text = TEXTS.getOrDefault(layout.name(), "");
        for (Map.Entry<String, String> name : layout.placeholders().entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return Arrays.stream(text.split(";\n")).map(String::strip).toList();
    }
}
