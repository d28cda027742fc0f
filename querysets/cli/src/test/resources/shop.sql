-- A small shop for the tests and the examples of the command line.
CREATE TABLE author (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL,
  email     TEXT UNIQUE,
  born      DATE,
  mentor_id INTEGER REFERENCES author(id)
);
CREATE TABLE book (
  id        INTEGER PRIMARY KEY,
  title     TEXT NOT NULL,
  author_id INTEGER NOT NULL REFERENCES author(id) ON DELETE CASCADE,
  pages     INTEGER NOT NULL CHECK (pages > 0),
  price     DECIMAL(8, 2),
  in_print  BOOLEAN NOT NULL DEFAULT 1,
  cover     BLOB
);
CREATE INDEX book_author ON book(author_id);
CREATE TABLE tag (
  name TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID;
CREATE TABLE book_tag (
  book_id  INTEGER NOT NULL REFERENCES book(id),
  tag_name TEXT NOT NULL REFERENCES tag(name),
  PRIMARY KEY (book_id, tag_name)
) WITHOUT ROWID;
CREATE TABLE "order line" (
  id      INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES book(id),
  placed  DATETIME NOT NULL,
  copies  INTEGER NOT NULL DEFAULT 1
);
CREATE VIEW bestseller AS
  SELECT b.id, b.title, sum(l.copies) AS sold FROM book AS b JOIN "order line" AS l ON l.book_id = b.id GROUP BY b.id;

INSERT INTO author VALUES
  (1, 'Ada Brook', 'ada@example.org', '1961-04-02', NULL),
  (2, 'Béla Nagy', 'bela@example.org', '1975-11-23', 1),
  (3, 'Chloé Durand', NULL, NULL, 1);
INSERT INTO book VALUES
  (1, 'The Quiet Harbour', 1, 320, 12.50, 1, x'89504e47'),
  (2, 'Harbour Lights', 1, 280, 11.00, 0, NULL),
  (3, 'A Field of Numbers', 2, 410, 24.90, 1, NULL),
  (4, 'Été', 3, 150, NULL, 1, x'');
INSERT INTO tag VALUES ('math'), ('sea'), ('winter');
INSERT INTO book_tag VALUES (1, 'sea'), (2, 'sea'), (2, 'winter'), (3, 'math');
INSERT INTO "order line" VALUES
  (1, 1, '2024-01-05 08:00:00', 2), (2, 3, '2024-02-11 17:30:00', 1), (3, 1, '2024-03-20 09:15:00', 4);
