-- The "bookshop" fixture: tables of every kind that a query has to cope with, and rows that are the same each time.
PRAGMA foreign_keys = ON;
BEGIN;

CREATE TABLE publisher (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  city TEXT
);
CREATE TABLE author (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  name    TEXT NOT NULL,
  born    DATE,
  country TEXT COLLATE NOCASE,
  mentor_id INTEGER REFERENCES author ON DELETE SET NULL
);
CREATE TABLE category (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL,
  parent_id INTEGER REFERENCES category(id) ON DELETE RESTRICT
);
CREATE TABLE book (
  id           INTEGER PRIMARY KEY,
  isbn         VARCHAR(13) NOT NULL UNIQUE,
  title        TEXT NOT NULL,
  author_id    INTEGER NOT NULL REFERENCES author(id) ON DELETE CASCADE,
  publisher_id INTEGER REFERENCES publisher(id) ON DELETE SET NULL,
  category_id  INTEGER REFERENCES category(id),
  pages        INTEGER NOT NULL CHECK (pages > 0),
  price        DECIMAL(8, 2) NOT NULL DEFAULT 9.99,
  weight       REAL,
  in_print     BOOLEAN NOT NULL DEFAULT 1,
  published    DATE,
  cover        BLOB,
  title_length INTEGER GENERATED ALWAYS AS (length(title)) VIRTUAL
);
CREATE TABLE tag (
  name TEXT PRIMARY KEY NOT NULL,
  note
);
CREATE TABLE book_tag (
  book_id  INTEGER NOT NULL REFERENCES book(id) ON DELETE CASCADE,
  tag_name TEXT NOT NULL REFERENCES tag(name) ON DELETE CASCADE ON UPDATE CASCADE,
  PRIMARY KEY (book_id, tag_name)
) WITHOUT ROWID;
CREATE TABLE customer (
  id     INTEGER PRIMARY KEY,
  email  TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name   TEXT,
  joined DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE review (
  id          INTEGER PRIMARY KEY,
  book_id     INTEGER NOT NULL REFERENCES book(id) ON DELETE CASCADE,
  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  stars       INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  body        TEXT,
  UNIQUE (book_id, customer_id)
);
CREATE TABLE "order line" (
  "order no" INTEGER NOT NULL,
  line_no    INTEGER NOT NULL,
  book_id    INTEGER NOT NULL REFERENCES book(id),
  "customer" INTEGER NOT NULL REFERENCES customer(id),
  quantity   INTEGER NOT NULL DEFAULT 1,
  ordered    DATETIME NOT NULL,
  PRIMARY KEY ("order no", line_no)
);
CREATE TABLE award (
  code      TEXT PRIMARY KEY,
  book_id   INTEGER NOT NULL REFERENCES book(id) ON DELETE RESTRICT,
  detail    ANY
) STRICT;
CREATE TABLE shelf_note (
  place TEXT,
  text  TEXT
);
CREATE VIRTUAL TABLE book_search USING fts5(title, body);
CREATE VIEW bestseller AS
  SELECT b.id, b.title, sum(l.quantity) AS sold
  FROM book AS b JOIN "order line" AS l ON l.book_id = b.id GROUP BY b.id;

CREATE INDEX book_author ON book(author_id);
CREATE INDEX book_published ON book(published) WHERE published IS NOT NULL;
CREATE INDEX review_stars ON review(stars DESC, book_id);
CREATE INDEX customer_lower ON customer(lower(name));

INSERT INTO publisher (id, name, city) VALUES (1, 'Nordlicht', 'Kiel'), (2, 'Casa Verde', 'Lisboa'), (3, 'Paper Mill', NULL);
INSERT INTO author (id, name, born, country, mentor_id) VALUES
  (1, 'Ada Brook',   '1961-04-02', 'GB', NULL),
  (2, 'Béla Nagy',   '1975-11-23', 'HU', 1),
  (3, 'Chloé Durand', NULL,        'fr', 1),
  (4, 'Dag Østby',   '1988-02-29', 'NO', 2),
  (5, 'Eve O''Hara', '1990-07-14', NULL, NULL);
INSERT INTO category (id, name, parent_id) VALUES
  (1, 'Books', NULL), (2, 'Fiction', 1), (3, 'Science', 1), (4, 'Crime', 2), (5, 'Physics', 3);
INSERT INTO book (id, isbn, title, author_id, publisher_id, category_id, pages, price, weight, in_print, published, cover) VALUES
  (1, '9780000000011', 'The Quiet Harbour',  1, 1, 4,    320, '12.50', 0.41, 1, '2001-03-15', x'89504e47'),
  (2, '9780000000028', 'Harbour Lights',     1, 1, 4,    280, '11.00', 0.38, 0, '2004-09-01', NULL),
  (3, '9780000000035', 'A Field of Numbers', 2, 2, 5,    410, '24.90', 0.72, 1, '2010-12-31', x'00ff'),
  (4, '9780000000042', 'Été',                3, 2, 2,    150, '8.00',  NULL, 1, '2015-06-21', NULL),
  (5, '9780000000059', '100% Rain_fall',     4, NULL, 3, 95,  '7.25',  0.12, 1, NULL,         NULL),
  (6, '9780000000066', 'Light and Ice',      4, 3, NULL, 505, '30.00', 0.95, 1, '2020-01-01', x'');
INSERT INTO tag (name, note) VALUES ('sea', 'water'), ('winter', 12), ('math', 3.5), ('unused', NULL);
INSERT INTO book_tag (book_id, tag_name) VALUES
  (1, 'sea'), (2, 'sea'), (2, 'winter'), (3, 'math'), (5, 'winter'), (6, 'winter'), (6, 'math');
INSERT INTO customer (id, email, name, joined) VALUES
  (1, 'lena@example.org',  'Lena',  '2022-01-05 08:00:00'),
  (2, 'Mats@example.org',  'Mats',  '2022-06-30 23:59:59.500000'),
  (3, 'noor@example.com',  NULL,    '2023-01-01 00:00:00');
INSERT INTO review (id, book_id, customer_id, stars, body) VALUES
  (1, 1, 1, 5, 'could not stop'), (2, 1, 2, 4, NULL), (3, 2, 1, 3, 'fine'), (4, 3, 3, 5, 'dense'), (5, 6, 2, 2, '');
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
INSERT INTO "order line" ("order no", line_no, book_id, "customer", quantity, ordered)
  SELECT 1000 + i / 3, 1 + i % 3, 1 + (i * 7) % 6, 1 + i % 3, 1 + (i * 5) % 4,
         datetime('2023-01-01', '+' || i || ' days') FROM n;
INSERT INTO award (code, book_id, detail) VALUES ('GOLD-2011', 3, 2011), ('SILVER', 1, 'second place');
INSERT INTO shelf_note (place, text) VALUES ('A1', 'dusty'), ('A1', 'dusty'), ('B2', NULL);
INSERT INTO book_search (rowid, title, body) SELECT id, title, '' FROM book;

COMMIT;
