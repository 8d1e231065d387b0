package io.simplebank.domain.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.user.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Whatever is done with refresh tokens, in whichever order: one stays good until a later one, or
 * another of the same age, is first used; then its use ends the session.
 *
 * <p>The sequences are random. Their seed is part of every failure's message, and the system
 * property {@code bank.seed} plays the same sequences again. A sequence that fails is cut down to
 * its shortest prefix that fails, less the steps that do not matter.
 */
public final class RenewalProperty {
  /** How long the sessions of a subject last. */
  public static final Duration LIFETIME = Duration.ofHours(10);

  /** Whatever gives and takes refresh tokens. Sessions are numbered from 0 as they begin. */
  public interface Subject {
    /** Begins another session and tells its first token. */
    Secret logIn();

    /** Takes a token and tells the next one, unless it is refused. */
    Optional<Secret> renew(Secret token);

    /** Ends a session that may be over already. */
    void end(int session);

    /** Lets time pass. */
    void advance(Duration by);

    /** Whether a session goes on. */
    boolean isLive(int session);
  }

  private enum Kind {
    LOG_IN,
    RENEW,
    RENEW_WITH_ONE_OF_THE_LATEST,
    END,
    ADVANCE
  }

  /**
   * What is done; {@code choice} says with which session or token, or for how long, in such a way
   * that it means something after any other steps.
   */
  private record Step(Kind kind, int choice) {}

  private final Supplier<? extends Subject> subjects;
  private final long seed;

  private RenewalProperty(Supplier<? extends Subject> subjects, long seed) {
    this.subjects = subjects;
    this.seed = seed;
  }

  /** The property for those subjects, of which each sequence gets a new one. */
  public static RenewalProperty of(Supplier<? extends Subject> subjects) {
    return of(subjects, Long.getLong("bank.seed", new SplittableRandom().nextLong()));
  }

  /** The same with the same sequences each time, for tests of this test. */
  static RenewalProperty of(Supplier<? extends Subject> subjects, long seed) {
    return new RenewalProperty(subjects, seed);
  }

  /**
   * Plays that many random sequences of that many steps.
   *
   * @throws AssertionError when the subject and the model part
   */
  public void holdsFor(int sequences, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < sequences; i++) {
      List<Step> sequence = sequence(random.split(), steps);
      if (failureOf(sequence).isPresent()) {
        List<Step> reduced = reduced(sequence);
        AssertionError failure = failureOf(reduced).orElseThrow();
        throw new AssertionError(
            "Play it again with -Dbank.seed=%d\nSequence %d, reduced to %s\n%s"
                .formatted(seed, i, reduced, failure.getMessage()),
            failure);
      }
    }
  }

  private static List<Step> sequence(RandomGenerator random, int steps) {
    return IntStream.range(0, steps)
        .mapToObj(
            i ->
                switch (random.nextInt(20)) {
                  case 0, 1 -> Kind.LOG_IN;
                  case 2 -> Kind.END;
                  case 3, 4 -> Kind.ADVANCE;
                  case 5, 6 -> Kind.RENEW;
                  default -> Kind.RENEW_WITH_ONE_OF_THE_LATEST;
                })
        .map(kind -> new Step(kind, random.nextInt(1 << 20)))
        .toList();
  }

  private List<Step> reduced(List<Step> sequence) {
    List<Step> steps = sequence;
    for (int length = 1; length < sequence.size(); length++) {
      if (failureOf(sequence.subList(0, length)).isPresent()) {
        steps = sequence.subList(0, length);
        break;
      }
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      List<Step> fewer = new ArrayList<>(steps);
      fewer.remove(i);
      if (failureOf(fewer).isPresent()) {
        steps = fewer;
      }
    }
    return steps;
  }

  private Optional<AssertionError> failureOf(List<Step> sequence) {
    try {
      new Run(subjects.get()).play(sequence);
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    }
  }

  /**
   * A token as the model knows it: how many tokens before it led to it, and whether it was used.
   */
  private static final class Token {
    private final Secret secret;
    private final int session;
    private final int ancestors;
    private boolean used;

    Token(Secret secret, int session, int ancestors) {
      this.secret = secret;
      this.session = session;
      this.ancestors = ancestors;
    }
  }

  /** One sequence, played to a subject and to the model side by side. */
  private static final class Run {
    private final Subject subject;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Duration> ends = new ArrayList<>();
    private Duration now = Duration.ZERO;

    Run(Subject subject) {
      this.subject = subject;
      logIn();
    }

    void play(List<Step> sequence) {
      for (Step step : sequence) {
        play(step);
        for (int session = 0; session < ends.size(); session++) {
          assertThat(subject.isLive(session))
              .as("session %d is live after %s", session, step)
              .isEqualTo(isLive(session));
        }
      }
    }

    private void play(Step step) {
      switch (step.kind()) {
        case LOG_IN -> logIn();
        case RENEW -> renew(tokens.get(step.choice() % tokens.size()));
        case RENEW_WITH_ONE_OF_THE_LATEST ->
            renew(tokens.get(tokens.size() - 1 - step.choice() % Math.min(3, tokens.size())));
        case END -> {
          int session = step.choice() % ends.size();
          subject.end(session);
          endNow(session);
        }
        case ADVANCE -> {
          Duration by = Duration.ofMinutes(step.choice() % 180);
          subject.advance(by);
          now = now.plus(by);
        }
      }
    }

    private void logIn() {
      tokens.add(new Token(subject.logIn(), ends.size(), 0));
      ends.add(now.plus(LIFETIME));
    }

    private void renew(Token token) {
      boolean dead =
          tokens.stream()
              .filter(other -> other.session == token.session && other.used)
              .anyMatch(
                  other ->
                      other.ancestors > token.ancestors
                          || (other.ancestors == token.ancestors && other != token));
      boolean good = isLive(token.session) && !dead;
      Optional<Secret> next = subject.renew(token.secret);
      assertThat(next.isPresent())
          .as("renewed with token %d", tokens.indexOf(token))
          .isEqualTo(good);
      if (dead) {
        endNow(token.session);
      }
      next.ifPresent(
          secret -> {
            assertThat(tokens).extracting(known -> known.secret).doesNotContain(secret);
            token.used = true;
            tokens.add(new Token(secret, token.session, token.ancestors + 1));
          });
    }

    private boolean isLive(int session) {
      return now.compareTo(ends.get(session)) < 0;
    }

    private void endNow(int session) {
      if (isLive(session)) {
        ends.set(session, now);
      }
    }
  }
}
