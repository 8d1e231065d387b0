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

-- How much may leave an account, null where there is no limit, and how much has: on the day of its
-- latest posting, in UTC, and in the month of that day. Servers of the version before do not count.
ALTER TABLE accounts
  ADD COLUMN max_transfer     bigint CHECK (max_transfer >= 0),
  ADD COLUMN daily_limit      bigint CHECK (daily_limit >= 0),
  ADD COLUMN monthly_limit    bigint CHECK (monthly_limit >= 0),
  ADD COLUMN spent_on         date   NOT NULL DEFAULT '1970-01-01',
  ADD COLUMN spent_that_day   bigint NOT NULL DEFAULT 0 CHECK (spent_that_day >= 0),
  ADD COLUMN spent_that_month bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT accounts_limited_when_owned CHECK (
    owner IS NOT NULL OR coalesce(max_transfer, daily_limit, monthly_limit) IS NULL),
  ADD CONSTRAINT accounts_spend_in_a_month_what_they_do_on_a_day
    CHECK (spent_that_month >= spent_that_day);

-- What has left in the month that is under way counts.
UPDATE accounts
  SET spent_on = (now() AT TIME ZONE 'UTC')::date,
      spent_that_day = least(spent.on_the_day, 9223372036854775807),
      spent_that_month = least(spent.in_the_month, 9223372036854775807)
  FROM (
    SELECT from_account_id,
           coalesce(sum(amount) FILTER (WHERE created_at >= date_trunc('day', now(), 'UTC')), 0)
             AS on_the_day,
           sum(amount) AS in_the_month
      FROM transfers
      WHERE reverses_transfer_id IS NULL AND created_at >= date_trunc('month', now(), 'UTC')
      GROUP BY from_account_id
  ) AS spent
  WHERE accounts.id = spent.from_account_id AND owner IS NOT NULL;
