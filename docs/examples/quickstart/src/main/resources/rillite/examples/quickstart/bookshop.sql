-- The sample of the demo: a bookshop. One statement per blank-line block; rows come from Bookshop.java.

CREATE TABLE publisher(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, city TEXT NOT NULL);

-- mentor_id points back into the same table
CREATE TABLE author(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT UNIQUE, born INTEGER,
  mentor_id INTEGER REFERENCES author(id));

CREATE TABLE book(
  id INTEGER PRIMARY KEY, title TEXT NOT NULL, published DATE NOT NULL, pages INTEGER NOT NULL,
  price_cents INTEGER NOT NULL CHECK (price_cents > 0), publisher_id INTEGER NOT NULL REFERENCES publisher(id));

CREATE INDEX book_published ON book(published);

CREATE TABLE book_author(
  book_id INTEGER NOT NULL REFERENCES book(id), author_id INTEGER NOT NULL REFERENCES author(id),
  PRIMARY KEY (book_id, author_id)) WITHOUT ROWID;

CREATE TABLE tag(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE book_tag(
  book_id INTEGER NOT NULL REFERENCES book(id), tag_id INTEGER NOT NULL REFERENCES tag(id),
  PRIMARY KEY (book_id, tag_id)) WITHOUT ROWID;

CREATE TABLE customer(
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, joined DATE NOT NULL);

-- customer_id has no index: something for a schema check to find
CREATE TABLE purchase(
  id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), placed_at DATETIME NOT NULL);

CREATE TABLE purchase_line(
  id INTEGER PRIMARY KEY, purchase_id INTEGER NOT NULL REFERENCES purchase(id),
  book_id INTEGER NOT NULL REFERENCES book(id), quantity INTEGER NOT NULL, price_cents INTEGER NOT NULL);

CREATE INDEX purchase_line_purchase ON purchase_line(purchase_id);

CREATE TABLE review(
  id INTEGER PRIMARY KEY, book_id INTEGER NOT NULL REFERENCES book(id),
  customer_id INTEGER NOT NULL REFERENCES customer(id),
  stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5), body TEXT);

CREATE INDEX review_book ON review(book_id);

-- a name with a space
CREATE TABLE "shelf place"(
  id INTEGER PRIMARY KEY, shelf TEXT NOT NULL, place INTEGER NOT NULL, book_id INTEGER REFERENCES book(id),
  UNIQUE (shelf, place));
