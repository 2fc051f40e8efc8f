-- Foreign keys, after all tables they name. Every key leads with the tenant: nothing points across counties.
SET LOCAL ROLE onedoor_owner;

ALTER TABLE team ADD FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id);
ALTER TABLE staff ADD FOREIGN KEY (tenant_id, org_id) REFERENCES org (tenant_id, id);
ALTER TABLE invitation ADD FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id);
ALTER TABLE session ADD FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id);
ALTER TABLE parked ADD FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id);
ALTER TABLE referral ADD FOREIGN KEY (tenant_id, person_id) REFERENCES person (tenant_id, id);
ALTER TABLE referral ADD FOREIGN KEY (tenant_id, spoa_id) REFERENCES team (tenant_id, id);
ALTER TABLE referral ADD FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id);
ALTER TABLE clock ADD FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id);
ALTER TABLE task ADD FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id);
ALTER TABLE notice ADD FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id);
ALTER TABLE page ADD FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id);
ALTER TABLE episode ADD FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id);
ALTER TABLE contact ADD FOREIGN KEY (tenant_id, referral_id) REFERENCES referral (tenant_id, id);

RESET ROLE;
