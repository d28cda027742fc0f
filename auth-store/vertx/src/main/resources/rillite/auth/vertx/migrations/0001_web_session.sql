-- Sessions of Vert.x Web, anonymous ones too. Ids are stored as SHA-256 only; times are milliseconds since 1970.
CREATE TABLE auth_web_session (
  id_hash BLOB PRIMARY KEY NOT NULL CHECK (length(id_hash) = 32),
  payload BLOB NOT NULL,
  timeout_ms INTEGER NOT NULL,
  last_accessed INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  -- counts the changes of the payload
  version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX auth_web_session_expiry ON auth_web_session (expires_at);
