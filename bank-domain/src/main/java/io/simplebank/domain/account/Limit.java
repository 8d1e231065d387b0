package io.simplebank.domain.account;

/** The kinds of limits to what leaves an account. */
public enum Limit {
  /** How much one transfer may move. */
  PER_TRANSFER,
  /** How much may leave on one day, from midnight to midnight UTC. */
  PER_DAY,
  /** How much may leave in one calendar month of days in UTC. */
  PER_MONTH
}
