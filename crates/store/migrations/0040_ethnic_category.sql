-- Reports by ethnic category: the national code as a column, made in the program with the row; null where nobody asked.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE referral ADD COLUMN ethnic text;

RESET ROLE;
