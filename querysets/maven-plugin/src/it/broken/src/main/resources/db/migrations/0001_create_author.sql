CREATE TABLE author (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);
INSERT INTO author (name) VALUES ('Ada'), ('Bea');

-- down
DROP TABLE author;
