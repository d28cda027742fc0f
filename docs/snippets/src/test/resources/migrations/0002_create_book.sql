CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  author_id INTEGER NOT NULL REFERENCES author ON DELETE CASCADE
);
CREATE INDEX book_author ON book (author_id);

-- down
DROP TABLE book;
