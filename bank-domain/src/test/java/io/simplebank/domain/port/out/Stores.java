package io.simplebank.domain.port.out;

/** One bank's worth of stores that share their data and their transactions. */
public interface Stores {
  UserRepository users();

  SessionRepository sessions();

  AccountRepository accounts();

  Ledger ledger();

  EntryRepository entries();

  TransferRepository transfers();

  AnswerRepository answers();

  Transactions transactions();
}
