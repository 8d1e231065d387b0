package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Value;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.idempotency.AnswerService;
import io.simplebank.application.session.SessionService;
import io.simplebank.application.transfer.TransferService;
import io.simplebank.application.user.RegistrationService;
import io.simplebank.domain.money.OfferedCurrencies;
import io.simplebank.domain.port.out.AccountRepository;
import io.simplebank.domain.port.out.AnswerRepository;
import io.simplebank.domain.port.out.EntryRepository;
import io.simplebank.domain.port.out.Ledger;
import io.simplebank.domain.port.out.PasswordHasher;
import io.simplebank.domain.port.out.SessionRepository;
import io.simplebank.domain.port.out.Transactions;
import io.simplebank.domain.port.out.TransferRepository;
import io.simplebank.domain.port.out.UserRepository;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Puts the services together, which know nothing of the framework. */
@Factory
final class Wiring {

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

  @Singleton
  PasswordHasher passwordHasher(@Value("${bank.password-hash.cost}") int cost) {
    return new BcryptPasswordHasher(cost);
  }

  @Singleton
  RegistrationService registrationService(
      UserRepository users, PasswordHasher hasher, InstantSource clock) {
    return new RegistrationService(users, hasher, clock);
  }

  @Singleton
  SessionService sessionService(
      UserRepository users,
      SessionRepository sessions,
      PasswordHasher hasher,
      InstantSource clock,
      @Value("${bank.session.lifetime}") Duration lifetime) {
    return new SessionService(users, sessions, hasher, clock, new SecureRandom(), lifetime);
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
  TransferService transferService(
      Transactions transactions,
      Ledger ledger,
      AccountRepository accounts,
      TransferRepository transfers,
      InstantSource clock) {
    return new TransferService(transactions, ledger, accounts, transfers, clock);
  }

  @Singleton
  AnswerService answerService(
      AnswerRepository answers,
      InstantSource clock,
      @Value("${bank.idempotency.retention}") Duration retention) {
    return new AnswerService(answers, clock, retention);
  }
}
