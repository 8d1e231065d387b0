package io.simplebank.domain.port.out;

import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.user.VerificationId;
import java.util.List;

/** One bank's worth of stores that share their data and their transactions. */
public interface Stores {
  UserRepository users();

  SessionRepository sessions();

  AttemptRepository attempts();

  EmailVerificationRepository verifications();

  VerificationMailQueue verificationMails();

  /** What is on that queue, in no particular order. */
  List<VerificationId> queuedMails();

  AuditLog audit();

  /** What was written down about a subject, in the order in which it was. */
  List<AuditEvent> audited(String subject);

  AccountRepository accounts();

  Ledger ledger();

  EntryRepository entries();

  TransferRepository transfers();

  AnswerRepository answers();

  LedgerRecords records();

  Transactions transactions();
}
