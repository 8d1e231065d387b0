-- What foreign keys check row by row, six look-ups for each transfer, is checked here for all rows of
-- a statement at once, and more: the entries of a transfer are one for each of its accounts, over its
-- amount. It is enough to check what is added, because neither transfers nor entries ever change and
-- accounts are never deleted.
--
-- To go back, drop the triggers and put the foreign keys of V1 back.
ALTER TABLE transfers
  DROP CONSTRAINT transfers_from_account_id_fkey,
  DROP CONSTRAINT transfers_to_account_id_fkey;
ALTER TABLE entries
  DROP CONSTRAINT entries_account_id_fkey,
  DROP CONSTRAINT entries_transfer_id_fkey;

CREATE FUNCTION refuse_to_lose_an_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: accounts are closed, and stay', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER accounts_stay
  BEFORE DELETE OR TRUNCATE OR UPDATE OF id ON accounts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_lose_an_account();

-- No plan may read a whole table, not even one that was made when the table was small.
CREATE FUNCTION require_accounts_of_transfers() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  named bigint[] := ARRAY(SELECT from_account_id FROM added UNION SELECT to_account_id FROM added);
BEGIN
  IF cardinality(named) <> (SELECT count(*) FROM accounts WHERE id = ANY (named)) THEN
    RAISE EXCEPTION 'a transfer names an account that does not exist'
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER transfers_between_accounts_that_exist
  AFTER INSERT ON transfers REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION require_accounts_of_transfers();

CREATE FUNCTION require_double_entries() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off AS $$
DECLARE
  wrong bigint;
BEGIN
  SELECT transfer_id INTO wrong
    FROM added LEFT JOIN (
      SELECT id, from_account_id, to_account_id, amount AS moved FROM transfers
        WHERE id = ANY (ARRAY(SELECT transfer_id FROM added))) AS posted ON posted.id = transfer_id
    GROUP BY transfer_id
    HAVING count(*) FILTER (WHERE account_id = from_account_id AND amount = -moved) <> 1
      OR count(*) FILTER (WHERE account_id = to_account_id AND amount = moved) <> 1
      OR count(*) <> 2
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the entries of transfer % are not what it moves', wrong
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER entries_are_double
  AFTER INSERT ON entries REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION require_double_entries();
