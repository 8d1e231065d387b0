-- What clients were told under their keys, written in the transaction that moved the money.
CREATE TABLE answers (
  username       text        NOT NULL REFERENCES users (username),
  key            text        NOT NULL CHECK (key ~ '^[!-~]{1,255}$'),
  operation      text        NOT NULL CHECK (operation ~ '^[a-z_]+$'),
  request_sha256 text        NOT NULL CHECK (request_sha256 ~ '^[0-9a-f]{64}$'),
  status         integer     NOT NULL,
  body           text        NOT NULL,
  created_at     timestamptz NOT NULL,
  CONSTRAINT answers_one_per_key PRIMARY KEY (username, key, operation)
);

-- The oldest are dropped in portions.
CREATE INDEX answers_by_age ON answers (created_at);

-- By its row here a batch is known again whose commit was not heard of. Of use for minutes.
CREATE TABLE batches (
  key        uuid        NOT NULL PRIMARY KEY,
  created_at timestamptz NOT NULL
);

CREATE INDEX batches_by_age ON batches (created_at);

CREATE FUNCTION refuse_to_change_an_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: an answer that was given stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER answers_are_not_changed
  BEFORE UPDATE ON answers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_an_answer();
