ALTER TABLE author ADD COLUMN email TEXT;
UPDATE author SET email = lower(name) || '@example.org';

-- the third statement is misspelt
CREATE UNIQUE INDX author_email
  ON author (email);

-- down
DROP INDEX author_email;
ALTER TABLE author DROP COLUMN email;
