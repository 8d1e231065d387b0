-- One account for each owner and currency, closed ones apart: who has closed an account may open
-- another. Only an EXCLUDE is partial and a constraint as well, and the constraint has to keep its
-- name: servers of the version before ask for it while they are replaced.
ALTER TABLE accounts
  DROP CONSTRAINT accounts_one_per_owner_and_currency,
  ADD CONSTRAINT accounts_one_per_owner_and_currency
    EXCLUDE USING btree (coalesce(owner, '@bank') WITH =, currency WITH =)
    WHERE (status <> 'closed'),
  ADD CONSTRAINT accounts_closed_when_empty
    CHECK (status <> 'closed' OR (balance = 0 AND pending_debits = 0));

-- What the constraint did for lists, closed accounts included.
CREATE INDEX accounts_by_owner ON accounts (owner, id);
