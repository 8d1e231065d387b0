-- Who ordered a transfer is on the transfer, because an index of its own would cost each transfer
-- more than it costs to read it here. Of earlier transfers that was not written down. No foreign
-- keys and no checks: the domain has checked them, and the seals keep them.
ALTER TABLE transfers
  ADD COLUMN ordered_by      text,
  ADD COLUMN session_id      uuid,
  ADD COLUMN client_address  text,
  ADD COLUMN request_id      text,
  ADD COLUMN idempotency_key text;

-- Who released a pending transfer is beside what became of it. Who settled one is on the transfer
-- that does.
ALTER TABLE resolutions
  ADD COLUMN voided_by       text,
  ADD COLUMN session_id      uuid,
  ADD COLUMN client_address  text,
  ADD COLUMN request_id      text,
  ADD COLUMN idempotency_key text;

-- This destroys the keys of the last hour's batches, which are of use for minutes, and servers of
-- the version before can post nothing from here on: what they wrote would be in no batch. To go
-- back: drop this table and the columns above, and make the table and its index as V3 has them.
DROP TABLE batches;

-- The chain of all batches. Each vouches for the rows that were written with it, by the SHA-256 of
-- each of them, and for the batch before, by its hash:
--   hash = SHA-256 of (hash of the batch before, number as 8 bytes, SHA-256 of the content)
-- How rows and contents become bytes is said in CanonicalForm of the domain.
CREATE TABLE batches (
  number         bigint      NOT NULL PRIMARY KEY,
  key            uuid        NOT NULL CONSTRAINT batches_written_once UNIQUE,
  created_at     timestamptz NOT NULL,
  transfer_ids   bigint[]    NOT NULL,
  entry_ids      bigint[]    NOT NULL,
  -- Pending transfers of which it is written what has become of them.
  resolution_ids bigint[]    NOT NULL,
  -- One after the other, those of the transfers first, then of the entries, then of the resolutions.
  digests        bytea       NOT NULL,
  hash           bytea       NOT NULL CHECK (octet_length(hash) = 32),
  CONSTRAINT batches_have_a_digest_for_each_row
    CHECK (octet_length(digests) = 32
      * (cardinality(transfer_ids) + cardinality(entry_ids) + cardinality(resolution_ids)))
);

CREATE TRIGGER batches_are_append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON batches
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();

-- What there is already is sealed as it stands, a thousand transfers to a batch, after a first
-- batch that vouches for nothing and is the beginning of every chain. Pending transfers come with
-- the same release, so there are none yet.

CREATE FUNCTION pg_temp.field(number integer, value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(
    set_byte('\x00', 0, number) || int4send(octet_length(value)) || value, ''::bytea)
$$;

CREATE FUNCTION pg_temp.micros(moment timestamptz) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT int8send((extract(epoch FROM moment) * 1000000)::bigint)
$$;

CREATE TEMPORARY TABLE sealed_transfers ON COMMIT DROP AS
  SELECT id, (row_number() OVER (ORDER BY id) + 999) / 1000 AS batch,
    sha256('\x0154'
      || pg_temp.field(1, int8send(id))
      || pg_temp.field(2, int8send(from_account_id))
      || pg_temp.field(3, int8send(to_account_id))
      || pg_temp.field(4, int8send(amount))
      || pg_temp.field(5, convert_to(reference, 'UTF8'))
      || pg_temp.field(6, pg_temp.micros(created_at))
      || pg_temp.field(7, int8send(reverses_transfer_id))) AS digest
  FROM transfers;

CREATE TEMPORARY TABLE sealed_entries ON COMMIT DROP AS
  SELECT entries.id, batch,
    sha256('\x0145'
      || pg_temp.field(1, int8send(entries.id))
      || pg_temp.field(2, int8send(account_id))
      || pg_temp.field(3, int8send(transfer_id))
      || pg_temp.field(4, int8send(amount))
      || pg_temp.field(5, int8send(balance_after))
      || pg_temp.field(6, pg_temp.micros(created_at))) AS digest
  FROM entries JOIN sealed_transfers ON sealed_transfers.id = transfer_id;

CREATE FUNCTION pg_temp.seal(t_ids bigint[], t_digests bytea[], e_ids bigint[], e_digests bytea[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  new_key uuid := gen_random_uuid();
  new_number bigint := coalesce((SELECT max(number) + 1 FROM batches), 0);
  before bytea := coalesce(
    (SELECT hash FROM batches WHERE number = new_number - 1), decode(repeat('00', 32), 'hex'));
  content bytea := sha256('\x0142'
    || pg_temp.field(1, uuid_send(new_key))
    || pg_temp.field(2, pg_temp.micros(now()))
    || pg_temp.field(3, (SELECT string_agg(int8send(id) || digest, ''::bytea ORDER BY place)
         FROM unnest(t_ids, t_digests) WITH ORDINALITY AS seals (id, digest, place)))
    || pg_temp.field(4, (SELECT string_agg(int8send(id) || digest, ''::bytea ORDER BY place)
         FROM unnest(e_ids, e_digests) WITH ORDINALITY AS seals (id, digest, place))));
BEGIN
  INSERT INTO batches VALUES (new_number, new_key, now(), t_ids, e_ids, '{}',
    (SELECT coalesce(string_agg(digest, ''::bytea ORDER BY place), '')
      FROM unnest(t_digests || e_digests) WITH ORDINALITY AS digests (digest, place)),
    sha256(before || int8send(new_number) || content));
END
$$;

DO $$
DECLARE
  page record;
BEGIN
  PERFORM pg_temp.seal('{}', '{}', '{}', '{}');
  FOR page IN
    SELECT batch, t.ids AS t_ids, t.digests AS t_digests, e.ids AS e_ids, e.digests AS e_digests
    FROM (SELECT batch, array_agg(id ORDER BY id) AS ids, array_agg(digest ORDER BY id) AS digests
        FROM sealed_transfers GROUP BY batch) t
      LEFT JOIN (SELECT batch, array_agg(id ORDER BY id) AS ids,
          array_agg(digest ORDER BY id) AS digests
        FROM sealed_entries GROUP BY batch) e USING (batch)
    ORDER BY batch
  LOOP
    PERFORM pg_temp.seal(
      page.t_ids, page.t_digests, coalesce(page.e_ids, '{}'), coalesce(page.e_digests, '{}'));
  END LOOP;
END
$$;
