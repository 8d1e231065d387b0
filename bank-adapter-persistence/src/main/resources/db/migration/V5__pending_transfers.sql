-- A transfer with expires_at was made pending: it moves nothing and has no entries. One that settles
-- it names it and has the entries, so history stays as it is written.
ALTER TABLE transfers
  ADD COLUMN expires_at          timestamptz,
  ADD COLUMN pending_transfer_id bigint REFERENCES transfers (id),
  ADD CONSTRAINT transfers_expire_later CHECK (expires_at > created_at),
  ADD CONSTRAINT transfers_settle_another CHECK (pending_transfer_id <> id),
  ADD CONSTRAINT transfers_pending_name_no_other
    CHECK (expires_at IS NULL OR (reverses_transfer_id IS NULL AND pending_transfer_id IS NULL));

CREATE UNIQUE INDEX transfers_settle_once ON transfers (pending_transfer_id)
  WHERE pending_transfer_id IS NOT NULL;

-- An account's posted transfers are found by its entries. Those that were made pending have none.
CREATE INDEX transfers_pending_by_payer ON transfers (from_account_id, id)
  WHERE expires_at IS NOT NULL;
CREATE INDEX transfers_pending_by_recipient ON transfers (to_account_id, id)
  WHERE expires_at IS NOT NULL;

-- What became of a pending transfer, of which the primary key allows one thing.
CREATE TABLE resolutions (
  pending_transfer_id bigint      NOT NULL PRIMARY KEY REFERENCES transfers (id),
  outcome             text        NOT NULL CHECK (outcome IN ('posted', 'voided', 'expired')),
  resolved_at         timestamptz NOT NULL
);

CREATE TRIGGER resolutions_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON resolutions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();

-- The pending transfers without a resolution, to be found by account and time: no history but a
-- list to work from, whose rows go when they are resolved. On each account they sum up to
-- accounts.pending_debits.
CREATE TABLE holds (
  transfer_id bigint      NOT NULL PRIMARY KEY REFERENCES transfers (id),
  account_id  bigint      NOT NULL REFERENCES accounts (id),
  amount      bigint      NOT NULL CHECK (amount > 0),
  expires_at  timestamptz NOT NULL
);

CREATE INDEX holds_by_account ON holds (account_id, expires_at) INCLUDE (amount);
CREATE INDEX holds_by_expiry ON holds (expires_at) INCLUDE (account_id);
