package io.simplebank.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.user.Username;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ScopedKey KEY = key("a");
  private static final Fingerprint ASKED = Fingerprint.of(3, 4, 100, "EUR");
  private static final Answer YES = new Answer(201, "yes");
  private static final Answer NO = new Answer(422, "no");

  @Test
  void has_keys_of_1_to_255_visible_characters() {
    assertThat(new IdempotencyKey("!").value()).isEqualTo("!");
    assertThat(new IdempotencyKey("~".repeat(255)).value()).hasSize(255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "ü", "a\n", "\u007f", "🔑"})
  void has_no_other_keys(String key) {
    assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey(key));
  }

  @Test
  void has_no_endless_keys() {
    assertThatIllegalArgumentException().isThrownBy(() -> new IdempotencyKey("x".repeat(256)));
  }

  @ParameterizedTest
  @EnumSource
  void knows_operations_by_their_codes(Operation operation) {
    assertThat(operation.code()).matches("[a-z_]+");
    assertThat(Operation.ofCode(operation.code())).isEqualTo(operation);
  }

  @Test
  void knows_no_other_operations() {
    assertThatIllegalArgumentException().isThrownBy(() -> Operation.ofCode("theft"));
  }

  @Test
  void takes_the_same_fingerprint_of_the_same_request() {
    assertThat(Fingerprint.of(3, 4L, "100", "EUR")).isEqualTo(ASKED);
  }

  @Test
  void takes_fingerprints_that_stay_the_same_for_ever() {
    // Kept in databases: to change how they are taken is to forget what was remembered.
    assertThat(Fingerprint.of(3, null, "ä").sha256())
        .isEqualTo("e3e79e829d2af93bc07eb0fc5e1b25fa18370696eb27d9a16cfd4dbdeaab2ca4");
  }

  @Test
  void takes_different_fingerprints_of_different_requests() {
    List<Fingerprint> different =
        List.of(
            ASKED,
            Fingerprint.of(3, 4, 101, "EUR"),
            Fingerprint.of(4, 3, 100, "EUR"),
            Fingerprint.of(34, 100, "EUR"),
            Fingerprint.of(3, 4, 100, "EUR", null),
            Fingerprint.of(3, 4, 100, "EUR", "null"),
            Fingerprint.of(3, 4, 100, "EUR", ""),
            Fingerprint.of());

    assertThat(different).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"})
  void has_fingerprints_of_64_digits(String digits) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint(digits));
  }

  @Test
  void answers_what_is_new_and_remembers_it() {
    AnswerBook book = new AnswerBook(Map.of(), NOW);

    assertThat(book.reply(KEY, ASKED, () -> NO)).isEqualTo(new Reply.First(NO));

    assertThat(book.additions()).containsExactly(new RememberedAnswer(KEY, ASKED, NO, NOW));
  }

  @Test
  void tells_again_what_was_told_before_and_does_nothing() {
    RememberedAnswer before = new RememberedAnswer(KEY, ASKED, NO, NOW.minusSeconds(60));
    AnswerBook book = new AnswerBook(Map.of(KEY, before), NOW);

    assertThat(book.reply(KEY, ASKED, IdempotencyTest::neverAsked))
        .isEqualTo(new Reply.Replayed(NO));

    assertThat(book.additions()).isEmpty();
  }

  @Test
  void refuses_another_request_under_the_same_key() {
    RememberedAnswer before = new RememberedAnswer(KEY, ASKED, YES, NOW);
    AnswerBook book = new AnswerBook(Map.of(KEY, before), NOW);

    assertThat(book.reply(KEY, Fingerprint.of("else"), IdempotencyTest::neverAsked))
        .isEqualTo(new Reply.KeyReused());

    assertThat(book.additions()).isEmpty();
  }

  @Test
  void knows_within_a_batch_what_came_before() {
    AnswerBook book = new AnswerBook(Map.of(), NOW);
    List<Reply> replies = new ArrayList<>();

    replies.add(book.reply(KEY, ASKED, () -> YES));
    replies.add(book.reply(KEY, ASKED, IdempotencyTest::neverAsked));
    replies.add(book.reply(KEY, Fingerprint.of("else"), IdempotencyTest::neverAsked));
    replies.add(book.reply(key("b"), ASKED, () -> NO));

    assertThat(replies)
        .containsExactly(
            new Reply.First(YES),
            new Reply.Replayed(YES),
            new Reply.KeyReused(),
            new Reply.First(NO));
    assertThat(book.additions()).extracting(RememberedAnswer::answer).containsExactly(YES, NO);
  }

  private static ScopedKey key(String key) {
    return new ScopedKey(new Username("alice"), Operation.TRANSFER, new IdempotencyKey(key));
  }

  private static Answer neverAsked() {
    throw new AssertionError("nothing is done a second time");
  }
}
