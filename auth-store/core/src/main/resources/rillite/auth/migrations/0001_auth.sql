-- Times are milliseconds since 1970. Tokens and codes are stored as hashes only.
CREATE TABLE auth_user (
  id TEXT PRIMARY KEY NOT NULL,
  email TEXT,
  -- the address as it is compared: NFKC, lower case, trimmed
  email_key TEXT UNIQUE,
  email_verified_at INTEGER,
  name TEXT,
  image TEXT,
  disabled_at INTEGER,
  -- sessions of an older epoch are dead
  session_epoch INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((email IS NULL) = (email_key IS NULL))
) STRICT;

CREATE TABLE auth_account (
  id TEXT PRIMARY KEY NOT NULL,
  user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  provider TEXT NOT NULL,
  provider_account_id TEXT NOT NULL,
  type TEXT NOT NULL,
  tokens_enc BLOB,
  token_version INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER,
  scope TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (provider, provider_account_id)
) STRICT;
CREATE INDEX auth_account_user ON auth_account (user_id);

CREATE TABLE auth_session (
  token_hash BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
  id TEXT NOT NULL UNIQUE,
  user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  -- never behind absolute_expires_at
  expires_at INTEGER NOT NULL,
  absolute_expires_at INTEGER NOT NULL,
  aal INTEGER NOT NULL DEFAULT 1,
  ip TEXT,
  user_agent TEXT,
  data TEXT,
  version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX auth_session_user ON auth_session (user_id);
CREATE INDEX auth_session_expiry ON auth_session (expires_at);

CREATE TABLE auth_token (
  token_hash BLOB PRIMARY KEY NOT NULL CHECK (length(token_hash) = 32),
  purpose TEXT NOT NULL,
  subject TEXT NOT NULL,
  claims TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- by subject first: the end of a user ends all of theirs
CREATE INDEX auth_token_subject ON auth_token (subject, purpose);
CREATE INDEX auth_token_expiry ON auth_token (expires_at);

CREATE TABLE auth_password (
  user_id TEXT PRIMARY KEY NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE auth_passkey (
  credential_id BLOB PRIMARY KEY NOT NULL,
  user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  user_handle BLOB NOT NULL,
  public_key BLOB NOT NULL,
  counter INTEGER NOT NULL,
  device_type TEXT,
  backup_eligible INTEGER NOT NULL,
  backed_up INTEGER NOT NULL,
  uv_initialized INTEGER NOT NULL,
  transports TEXT,
  aaguid BLOB,
  label TEXT,
  attestation BLOB,
  client_data BLOB,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX auth_passkey_user ON auth_passkey (user_id);

CREATE TABLE auth_totp (
  user_id TEXT PRIMARY KEY NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  secret_enc BLOB NOT NULL,
  confirmed_at INTEGER,
  -- the last step that was accepted: a code is taken once
  last_step INTEGER NOT NULL DEFAULT -1
) STRICT, WITHOUT ROWID;

CREATE TABLE auth_backup_code (
  user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  code_hash BLOB NOT NULL,
  PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE auth_role (
  name TEXT PRIMARY KEY NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE auth_role_permission (
  role TEXT NOT NULL REFERENCES auth_role (name) ON DELETE CASCADE,
  permission TEXT NOT NULL,
  PRIMARY KEY (role, permission)
) STRICT, WITHOUT ROWID;

CREATE TABLE auth_user_role (
  user_id TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
  role TEXT NOT NULL REFERENCES auth_role (name) ON DELETE CASCADE,
  PRIMARY KEY (user_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX auth_user_role_role ON auth_user_role (role);

CREATE TABLE auth_throttle (
  key TEXT PRIMARY KEY NOT NULL,
  window_start INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  locked_until INTEGER
) STRICT, WITHOUT ROWID;

-- user_id is no foreign key: what was done stays on record when the user is gone
CREATE TABLE auth_audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  event TEXT NOT NULL,
  user_id TEXT,
  actor TEXT,
  ip TEXT,
  detail TEXT
) STRICT;
CREATE INDEX auth_audit_user ON auth_audit (user_id, at);

-- down
DROP TABLE auth_audit;
DROP TABLE auth_throttle;
DROP TABLE auth_user_role;
DROP TABLE auth_role_permission;
DROP TABLE auth_role;
DROP TABLE auth_backup_code;
DROP TABLE auth_totp;
DROP TABLE auth_passkey;
DROP TABLE auth_password;
DROP TABLE auth_token;
DROP TABLE auth_session;
DROP TABLE auth_account;
DROP TABLE auth_user;
