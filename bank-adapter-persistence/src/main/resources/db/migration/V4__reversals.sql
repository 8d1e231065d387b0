-- A reversal is a transfer the other way that names the one of which it gives something back. That
-- all reversals together never exceed it is decided under the locks of both accounts.
ALTER TABLE transfers
  ADD COLUMN reverses_transfer_id bigint REFERENCES transfers (id),
  ADD CONSTRAINT transfers_reverse_another CHECK (reverses_transfer_id <> id);

CREATE INDEX transfers_by_original ON transfers (reverses_transfer_id) INCLUDE (amount)
  WHERE reverses_transfer_id IS NOT NULL;
