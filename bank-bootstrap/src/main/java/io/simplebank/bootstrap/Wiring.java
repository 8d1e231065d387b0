package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.simplebank.adapter.web.BankMeters;
import io.simplebank.application.account.AccountControlService;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.audit.AuditService;
import io.simplebank.application.idempotency.AnswerService;
import io.simplebank.application.session.EndedSessions;
import io.simplebank.application.session.Housekeeping;
import io.simplebank.application.session.PasswordCheck;
import io.simplebank.application.session.SessionService;
import io.simplebank.application.transfer.GroupCommit;
import io.simplebank.application.transfer.TransferService;
import io.simplebank.application.user.ProfileService;
import io.simplebank.application.user.RegistrationService;
import io.simplebank.application.user.StaffService;
import io.simplebank.application.user.VerificationService;
import io.simplebank.domain.money.OfferedCurrencies;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.port.out.AttemptRepository;
import io.simplebank.domain.port.out.AuditLog;
import io.simplebank.domain.port.out.EmailVerificationRepository;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.LedgerRecords;
import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.port.out.UserRepository;
import io.simplebank.domain.port.out.VerificationMailQueue;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the services together, which know nothing of the framework. */
@Factory
final class Wiring {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Singleton
  @Primary // The framework brings a clock too, with another precision.
  InstantSource clock() {
    Clock system = Clock.systemUTC();
    // To the microsecond, as PostgreSQL keeps time: what is answered is what will be read.
    return () -> system.instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Singleton
  OfferedCurrencies currencies(@Value("${bank.currencies}") List<String> codes) {
    try {
      return OfferedCurrencies.ofCodes(codes.stream().map(String::strip).toList());
    } catch (IllegalArgumentException e) {
      throw new StartupException("BANK_CURRENCIES cannot be used: " + e.getMessage(), e);
    }
  }

  @Bean(preDestroy = "close")
  @Singleton
  BoundedPasswordHasher passwordHasher(
      @Value("${bank.password-hash.cost}") int cost,
      @Property(name = "bank.password-hash.threads") @Nullable Integer threads) {
    if (threads != null && threads < 1) {
      throw new StartupException("BANK_PASSWORD_HASH_THREADS must be 1 or more, not " + threads);
    }
    return BoundedPasswordHasher.bcrypt(
        cost,
        threads != null ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  @Singleton
  PasswordCheck passwordCheck(
      Transactions transactions,
      UserRepository users,
      AttemptRepository attempts,
      AuditLog audit,
      PasswordHasher hasher,
      InstantSource clock) {
    return new PasswordCheck(transactions, users, attempts, audit, hasher, clock, RANDOM);
  }

  @Singleton
  EndedSessions endedSessions(
      SessionRepository sessions,
      InstantSource clock,
      @Value("${bank.access-token.lifetime}") Duration tokenLifetime) {
    return new EndedSessions(sessions, clock, tokenLifetime);
  }

  @Singleton
  SessionService sessionService(
      Transactions transactions,
      UserRepository users,
      SessionRepository sessions,
      AuditLog audit,
      PasswordCheck passwords,
      EndedSessions endedSessions,
      InstantSource clock,
      @Value("${bank.session.lifetime}") Duration lifetime) {
    return new SessionService(
        transactions, users, sessions, audit, passwords, endedSessions, clock, RANDOM, lifetime);
  }

  @Singleton
  VerificationService verificationService(
      Transactions transactions,
      UserRepository users,
      EmailVerificationRepository verifications,
      VerificationMailQueue queue,
      AuditLog audit,
      MailSender sender,
      InstantSource clock,
      @Value("${bank.public-url}") String publicUrl) {
    if (!publicUrl.matches("https?://[^/?#\\s]+(/[^/?#\\s]+)*/?")) {
      throw new StartupException(
          "BANK_PUBLIC_URL must be where the bank is found, such as https://bank.example.com, not "
              + publicUrl);
    }
    return new VerificationService(
        transactions,
        users,
        verifications,
        queue,
        audit,
        sender,
        clock,
        RANDOM,
        URI.create(publicUrl));
  }

  @Singleton
  RegistrationService registrationService(
      Transactions transactions,
      UserRepository users,
      VerificationService verification,
      AuditLog audit,
      PasswordHasher hasher,
      InstantSource clock) {
    return new RegistrationService(transactions, users, verification, audit, hasher, clock);
  }

  @Singleton
  ProfileService profileService(
      Transactions transactions,
      UserRepository users,
      SessionRepository sessions,
      VerificationService verification,
      AuditLog audit,
      PasswordCheck passwords,
      PasswordHasher hasher,
      EndedSessions endedSessions,
      InstantSource clock) {
    return new ProfileService(
        transactions,
        users,
        sessions,
        verification,
        audit,
        passwords,
        hasher,
        endedSessions,
        clock);
  }

  @Singleton
  StaffService staffService(
      Transactions transactions,
      UserRepository users,
      SessionRepository sessions,
      AuditLog audit,
      EndedSessions endedSessions,
      InstantSource clock) {
    return new StaffService(transactions, users, sessions, audit, endedSessions, clock);
  }

  @Singleton
  Housekeeping housekeeping(
      SessionRepository sessions,
      AttemptRepository attempts,
      EmailVerificationRepository verifications,
      InstantSource clock) {
    return new Housekeeping(sessions, attempts, verifications, clock);
  }

  @Singleton
  AccountService accountService(
      AccountRepository accounts,
      EntryRepository entries,
      InstantSource clock,
      OfferedCurrencies currencies) {
    return new AccountService(accounts, entries, clock, currencies.currencies());
  }

  @Singleton
  AccountControlService accountControlService(
      Transactions transactions,
      AccountRepository accounts,
      AuditLog audit,
      TransferService transfers,
      InstantSource clock) {
    return new AccountControlService(transactions, accounts, audit, transfers::expireOn, clock);
  }

  @Bean(preDestroy = "close")
  @Singleton
  TransferService transferService(
      Transactions transactions,
      Ledger ledger,
      AccountRepository accounts,
      TransferRepository transfers,
      AuditLog audit,
      InstantSource clock,
      BankMeters meters,
      @Value("${datasources.default.connection-timeout}") long patienceInMillis) {
    // Whether it is a writer or a connection that is not to be had: nobody waits longer.
    GroupCommit.Limits limits =
        GroupCommit.Limits.USUAL.withPatience(Duration.ofMillis(patienceInMillis));
    return new TransferService(
        transactions,
        ledger,
        accounts,
        transfers,
        audit,
        clock,
        limits,
        group -> meters.written(group.transfers(), group.waited(), group.took()));
  }

  @Singleton
  AnswerService answerService(
      AnswerRepository answers,
      InstantSource clock,
      @Value("${bank.idempotency.retention}") Duration retention) {
    return new AnswerService(answers, clock, retention);
  }

  @Singleton
  AuditService auditService(LedgerRecords records, InstantSource clock) {
    return new AuditService(records, clock);
  }
}
