CREATE TABLE author (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  joined_at INTEGER,
  mentor_id INTEGER REFERENCES author
);
CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  "class" TEXT NOT NULL DEFAULT 'NOVEL',
  layout TEXT,
  author_id INTEGER NOT NULL REFERENCES author
);

-- down
DROP TABLE book;
DROP TABLE author;
