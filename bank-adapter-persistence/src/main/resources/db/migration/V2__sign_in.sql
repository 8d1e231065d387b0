-- A session is renewed with refresh tokens, each of which brings the next. What was the one token
-- of a session becomes its token of generation 0, so nobody is logged out.
ALTER TABLE sessions
  ADD COLUMN generation integer NOT NULL DEFAULT 0 CHECK (generation >= 0),
  ADD COLUMN ended_at   timestamptz;
ALTER TABLE sessions ALTER COLUMN generation DROP DEFAULT;

CREATE TABLE refresh_tokens (
  hash       text    NOT NULL PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  session_id uuid    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  generation integer NOT NULL CHECK (generation >= 0)
);

-- The cascade looks for a session's tokens.
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

INSERT INTO refresh_tokens (hash, session_id, generation)
  SELECT refresh_token_hash, id, 0 FROM sessions;

-- This destroys the column. To go back: add it as text, fill it from refresh_tokens with the hash of
-- each session's generation 0, delete the sessions that have ended (they would come to life again),
-- and set it NOT NULL with the CHECK that refresh_tokens.hash has; then drop what else is made here.
ALTER TABLE sessions DROP COLUMN refresh_token_hash;

-- Every server asks each second which sessions were ended of late; most never are before their time.
CREATE INDEX sessions_by_end ON sessions (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE login_attempts (
  key      text        NOT NULL PRIMARY KEY CHECK (key ~ '^(account|address):'),
  failures integer     NOT NULL CHECK (failures >= 0),
  last_at  timestamptz NOT NULL
);

CREATE TABLE email_verifications (
  id              bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  username        text        NOT NULL REFERENCES users (username),
  email           text        NOT NULL CHECK (email = lower(email)),
  requested_at    timestamptz NOT NULL,
  code_hash       text        CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  code_expires_at timestamptz,
  confirmed_at    timestamptz,
  CONSTRAINT email_verifications_code_expires
    CHECK ((code_hash IS NULL) = (code_expires_at IS NULL)),
  CONSTRAINT email_verifications_confirmed_by_code
    CHECK (confirmed_at IS NULL OR code_hash IS NOT NULL)
);

CREATE INDEX email_verifications_by_username ON email_verifications (username, id);

-- Who acted may be a name that nobody has, and a session is forgotten before what was done in it:
-- no foreign keys. The domain keeps the list of actions, which grows.
CREATE TABLE audit_log (
  id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at             timestamptz NOT NULL,
  actor          text        CHECK (actor ~ '^[a-z0-9_-]{3,32}$'),
  action         text        NOT NULL CHECK (action ~ '^[a-z_]+$'),
  subject        text        NOT NULL,
  detail         text        NOT NULL,
  client_address text        NOT NULL,
  session_id     uuid
);

CREATE INDEX audit_log_by_subject ON audit_log (subject, at);
CREATE INDEX audit_log_by_actor ON audit_log (actor, at);

-- No longer of the ledger alone.
CREATE OR REPLACE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the table is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER audit_log_is_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();

-- The table of db-scheduler 16, as its documentation has it for PostgreSQL.
CREATE TABLE scheduled_tasks (
  task_name            text        NOT NULL,
  task_instance        text        NOT NULL,
  task_data            bytea,
  execution_time       timestamptz NOT NULL,
  picked               boolean     NOT NULL,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint      NOT NULL,
  priority             smallint,
  PRIMARY KEY (task_name, task_instance)
);

CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
CREATE INDEX priority_execution_time_idx ON scheduled_tasks (priority DESC, execution_time ASC);
