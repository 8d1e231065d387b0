-- Usernames and addresses are kept in the one spelling that the domain folds them to, so that
-- plain unique constraints compare them without case.
CREATE TABLE users (
  username            text        NOT NULL PRIMARY KEY CHECK (username ~ '^[a-z0-9_-]{3,32}$'),
  role                text        NOT NULL CHECK (role IN ('depositor', 'banker')),
  full_name           text        NOT NULL CHECK (char_length(full_name) BETWEEN 1 AND 100),
  email               text        NOT NULL UNIQUE CHECK (email = lower(email)),
  is_email_verified   boolean     NOT NULL,
  password_hash       text        NOT NULL,
  password_changed_at timestamptz NOT NULL,
  created_at          timestamptz NOT NULL
);

CREATE TABLE sessions (
  id                 uuid        NOT NULL PRIMARY KEY,
  username           text        NOT NULL REFERENCES users (username),
  refresh_token_hash text        NOT NULL CHECK (refresh_token_hash ~ '^[0-9a-f]{64}$'),
  user_agent         text        NOT NULL,
  client_address     text        NOT NULL,
  created_at         timestamptz NOT NULL,
  expires_at         timestamptz NOT NULL CHECK (expires_at > created_at)
);

CREATE INDEX sessions_by_username ON sessions (username);

-- An account without an owner is the bank's settlement account of its currency: it alone may stand
-- below zero. NULLS NOT DISTINCT makes it one of its kind.
CREATE TABLE accounts (
  id              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner           text        REFERENCES users (username),
  currency        text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  balance         bigint      NOT NULL,
  pending_debits  bigint      NOT NULL CHECK (pending_debits >= 0),
  overdraft_limit bigint      NOT NULL CHECK (overdraft_limit >= 0),
  status          text        NOT NULL CHECK (status IN ('open', 'frozen', 'closed')),
  created_at      timestamptz NOT NULL,
  last_posted_at  timestamptz NOT NULL CHECK (last_posted_at >= created_at),
  CONSTRAINT accounts_one_per_owner_and_currency UNIQUE NULLS NOT DISTINCT (owner, currency),
  CONSTRAINT accounts_not_overdrawn
    CHECK (owner IS NULL OR balance - pending_debits + overdraft_limit >= 0)
);

CREATE SEQUENCE transfer_ids AS bigint;

CREATE TABLE transfers (
  id              bigint      NOT NULL PRIMARY KEY,
  from_account_id bigint      NOT NULL REFERENCES accounts (id),
  to_account_id   bigint      NOT NULL REFERENCES accounts (id),
  amount          bigint      NOT NULL CHECK (amount > 0),
  reference       text        CHECK (char_length(reference) BETWEEN 1 AND 140),
  created_at      timestamptz NOT NULL,
  CONSTRAINT transfers_between_two_accounts CHECK (from_account_id <> to_account_id)
);

CREATE SEQUENCE entry_ids AS bigint;

CREATE TABLE entries (
  id            bigint      NOT NULL PRIMARY KEY,
  account_id    bigint      NOT NULL REFERENCES accounts (id),
  transfer_id   bigint      NOT NULL REFERENCES transfers (id),
  amount        bigint      NOT NULL CHECK (amount <> 0),
  balance_after bigint      NOT NULL,
  created_at    timestamptz NOT NULL
);

-- Numbers are taken and times are set under the account's lock, so on one account the order of ids
-- is the order of time: one index serves statements, periods and the balance at a moment.
CREATE INDEX entries_by_account ON entries (account_id, created_at, id);

-- What is posted stays. A correction is a new transfer.
CREATE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the ledger is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER transfers_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();

CREATE TRIGGER entries_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();
