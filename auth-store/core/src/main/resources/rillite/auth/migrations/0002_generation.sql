-- A number that moves with everything that makes a session another than it was, whoever writes. Programs that have looked a
-- session up keep it for as long as the number stays. A new session, and a visit that is noted, leave it alone.
CREATE TABLE auth_generation (
  id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  value INTEGER NOT NULL
) STRICT;
INSERT INTO auth_generation (id, value) VALUES (1, 1);

CREATE TRIGGER auth_generation_session_deleted AFTER DELETE ON auth_session BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
CREATE TRIGGER auth_generation_session_updated AFTER UPDATE ON auth_session
  WHEN new.expires_at < old.expires_at OR new.last_seen_at < old.last_seen_at
    OR (new.token_hash, new.id, new.user_id, new.epoch, new.created_at, new.absolute_expires_at, new.aal, new.data)
      IS NOT (old.token_hash, old.id, old.user_id, old.epoch, old.created_at, old.absolute_expires_at, old.aal, old.data)
BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
-- INSERT OR REPLACE deletes without the triggers of a delete
CREATE TRIGGER auth_generation_session_replaced BEFORE INSERT ON auth_session
  WHEN EXISTS (SELECT 1 FROM auth_session s WHERE s.token_hash = new.token_hash)
    OR EXISTS (SELECT 1 FROM auth_session s WHERE s.id = new.id)
BEGIN
  UPDATE auth_generation SET value = value + 1;
END;

CREATE TRIGGER auth_generation_user_deleted AFTER DELETE ON auth_user BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
CREATE TRIGGER auth_generation_user_updated AFTER UPDATE ON auth_user BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
CREATE TRIGGER auth_generation_user_replaced BEFORE INSERT ON auth_user
  WHEN EXISTS (SELECT 1 FROM auth_user u WHERE u.id = new.id)
    OR EXISTS (SELECT 1 FROM auth_user u WHERE u.email_key = new.email_key)
BEGIN
  UPDATE auth_generation SET value = value + 1;
END;

CREATE TRIGGER auth_generation_role_given AFTER INSERT ON auth_user_role BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
CREATE TRIGGER auth_generation_role_taken AFTER DELETE ON auth_user_role BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
CREATE TRIGGER auth_generation_role_changed AFTER UPDATE ON auth_user_role BEGIN
  UPDATE auth_generation SET value = value + 1;
END;
