INSERT INTO author (id, name) VALUES (1, '${owner}');
INSERT INTO book (title, author_id) VALUES ('A sample', 1);

-- down
DELETE FROM author WHERE id = 1;
