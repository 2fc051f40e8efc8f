-- An edition belongs to a text.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE content_edition ADD FOREIGN KEY (tenant_id, content_id) REFERENCES content (tenant_id, id);

RESET ROLE;
