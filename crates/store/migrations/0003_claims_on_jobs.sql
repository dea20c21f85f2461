-- Whose a running job is, and until when it is believed to run: another server takes it over after that.
ALTER TABLE jobs ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN lease_us BIGINT NOT NULL DEFAULT 0;

-- A first password is known to who gave it: it has to be changed. An account that was ended stays, for what it did.
ALTER TABLE accounts ADD COLUMN must_change BIGINT NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN ended BIGINT NOT NULL DEFAULT 0;
