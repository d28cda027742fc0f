UPDATE author SET name = 'unknown' WHERE name IS NULL;

CREATE TABLE author_new (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO author_new (id, name) SELECT id, name FROM author;
DROP TABLE author;
ALTER TABLE author_new RENAME TO author;

-- down
CREATE TABLE author_old (
  id INTEGER PRIMARY KEY,
  name TEXT
);
INSERT INTO author_old (id, name) SELECT id, name FROM author;
DROP TABLE author;
ALTER TABLE author_old RENAME TO author;
