CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  subtitle TEXT
);

-- down
DROP TABLE book;
