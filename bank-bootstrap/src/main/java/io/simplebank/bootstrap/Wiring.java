package io.simplebank.bootstrap;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.simplebank.application.account.AccountService;
import io.simplebank.application.session.SessionService;
import io.simplebank.application.transfer.TransferService;
import io.simplebank.application.user.RegistrationService;
import io.simplebank.domain.money.OfferedCurrencies;
import io.simplebank.domain.port.out.AccountRepository;
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
import org.jspecify.annotations.Nullable;

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

  @Bean(preDestroy = "close")
  @Singleton
  BoundedPasswordHasher passwordHasher(
      @Value("${bank.password-hash.cost}") int cost,
      @Property(name = "bank.password-hash.threads") @Nullable Integer threads) {
    if (threads != null && threads < 1) {
      throw new StartupException("BANK_PASSWORD_HASH_THREADS must be 1 or more, not " + threads);
    }
    return BoundedPasswordHasher.measured(
        new BcryptPasswordHasher(cost),
        threads != null ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
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
}
