-- rillite: no-transaction
VACUUM;
-- down
-- there is nothing to undo
