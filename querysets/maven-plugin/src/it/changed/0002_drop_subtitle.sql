ALTER TABLE book DROP COLUMN subtitle;

-- down
ALTER TABLE book ADD COLUMN subtitle TEXT;
