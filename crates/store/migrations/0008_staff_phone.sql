-- A mobile number at which a member of staff can be paged; kept in its international form.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE staff ADD COLUMN phone text;

RESET ROLE;
