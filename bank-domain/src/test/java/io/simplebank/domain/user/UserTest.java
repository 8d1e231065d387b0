package io.simplebank.domain.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UserTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void has_proven_nothing_when_registered() {
    User user = named("Ada Lovelace");

    assertThat(user.emailVerified()).isFalse();
    assertThat(user.createdAt()).isEqualTo(NOW);
    assertThat(user.passwordChangedAt()).isEqualTo(NOW);
    assertThat(user.asCaller()).isEqualTo(new Caller(new Username("ada"), Role.DEPOSITOR));
    assertThat(user.asCaller().isBanker()).isFalse();
  }

  @Test
  void changes_in_one_respect_at_a_time() {
    User user = named("Ada");
    EmailAddress elsewhere = new EmailAddress("ada@example.org");
    PasswordHash newHash = new PasswordHash("$2b$10$other");
    Instant later = NOW.plusSeconds(60);

    assertThat(user.renamed("Countess").fullName()).isEqualTo("Countess");
    assertThat(user.renamed("Countess").renamed("Ada")).isEqualTo(user);
    assertThat(user.movedTo(elsewhere).email()).isEqualTo(elsewhere);
    assertThat(user.movedTo(elsewhere).movedTo(user.email())).isEqualTo(user);
    assertThat(user.as(Role.BANKER).role()).isEqualTo(Role.BANKER);
    assertThat(user.as(Role.BANKER).as(Role.DEPOSITOR)).isEqualTo(user);
    assertThat(user.withPassword(newHash, later).passwordHash()).isEqualTo(newHash);
    assertThat(user.withPassword(newHash, later).passwordChangedAt()).isEqualTo(later);
    assertThat(user.withPassword(newHash, later).withPassword(user.passwordHash(), NOW))
        .isEqualTo(user);
  }

  @Test
  void has_to_verify_another_address_but_not_the_same_one() {
    User verified = named("Ada").verified();
    EmailAddress elsewhere = new EmailAddress("ada@example.org");

    assertThat(verified.emailVerified()).isTrue();
    assertThat(verified.movedTo(new EmailAddress("ADA@example.com"))).isEqualTo(verified);
    assertThat(verified.movedTo(elsewhere).emailVerified()).isFalse();
    assertThat(verified.movedTo(elsewhere).movedTo(verified.email()).emailVerified())
        .as("what was proven once may have changed since")
        .isFalse();
  }

  @Test
  void stays_verified_through_all_other_changes() {
    User verified = named("Ada").verified();

    assertThat(verified.renamed("Countess").emailVerified()).isTrue();
    assertThat(verified.as(Role.BANKER).emailVerified()).isTrue();
    assertThat(verified.withPassword(new PasswordHash("$x"), NOW).emailVerified()).isTrue();
  }

  @Test
  void takes_no_name_by_a_change_that_it_could_not_have_registered_with() {
    assertThatIllegalArgumentException().isThrownBy(() -> named("Ada").renamed(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "Björk Guðmundsdóttir", "山田 太郎", "O'Neil; DROP TABLE users"})
  void may_be_called_anything_printable(String fullName) {
    assertThat(named(fullName).fullName()).isEqualTo(fullName);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\t", "\u2003", "nul\0", "two\nlines", "next\u0085", "half\ud83c"})
  void is_not_called_what_no_name_is_made_of(String fullName) {
    assertThatIllegalArgumentException().isThrownBy(() -> named(fullName));
  }

  @Test
  void has_a_name_of_limited_length() {
    assertThat(named("x".repeat(100)).fullName()).hasSize(100);
    assertThatIllegalArgumentException().isThrownBy(() -> named("x".repeat(101)));
  }

  @Test
  void does_not_print_the_password_hash() {
    assertThat(named("Ada").toString()).doesNotContain("$2b$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "A_b-9", "---", "a234567890123456789012345678901x"})
  void takes_a_username_in_lower_case(String name) {
    assertThat(new Username(name).value()).isEqualTo(name.toLowerCase(Locale.ROOT));
  }

  @Test
  void folds_the_case_of_a_username_in_no_language() {
    // The tests run in Turkish, whose capital I has another small letter.
    assertThat(new Username("IRIS")).isEqualTo(new Username("iris"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "a2345678901234567890123456789012x",
        "a b",
        "abc\n",
        "josé",
        "a.b",
        "abc\0"
      })
  void refuses_another_shape_of_username(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Username(name));
  }

  @Test
  void takes_two_spellings_of_an_address_for_one() {
    assertThat(new EmailAddress("  INFO@Example.COM\t"))
        .isEqualTo(new EmailAddress("info@example.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.c",
        "first.last+tag@sub.example.org",
        "a@xn--fsqu00a.xn--0zwm56d",
        "o'neil@x.ie"
      })
  void takes_an_address_in_printable_ascii(String address) {
    assertThat(new EmailAddress(address).value()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@b.c",
        "a@",
        "a@b",
        "a@b.",
        "a@.c",
        "a@b..c",
        "a b@c.d",
        "a@b@c.d",
        "a@b.c\0d",
        "a\n@b.c",
        "用户@example.com",
        "a@例子.广告",
        "\u2003@b.co"
      })
  void refuses_what_is_no_address(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> new EmailAddress(address));
  }

  @Test
  void has_an_address_that_mail_can_carry() {
    String longestLocalPart = "x".repeat(64);
    String domain = "y".repeat(EmailAddress.MAX_LENGTH - 64 - 1 - 3) + ".nl";

    assertThat(new EmailAddress(longestLocalPart + "@" + domain).value()).hasSize(254);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmailAddress(longestLocalPart + "@y" + domain));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EmailAddress("x" + longestLocalPart + "@b.nl"));
  }

  @Test
  void counts_a_password_in_bytes() {
    assertThat(Password.isAcceptable("1234567")).isFalse();
    assertThat(Password.isAcceptable("12345678")).isTrue();
    assertThat(Password.isAcceptable("ääää")).isTrue();
    assertThat(Password.isAcceptable("äää1")).isFalse();
    assertThat(Password.isAcceptable("🔑🔑")).isTrue();
    assertThat(Password.isAcceptable("x".repeat(72))).isTrue();
    assertThat(Password.isAcceptable("x".repeat(73))).isFalse();
    assertThat(Password.isAcceptable("🔑".repeat(18))).isTrue();
    assertThat(Password.isAcceptable("🔑".repeat(18) + "x")).isFalse();
    assertThat(Password.isAcceptable("ä".repeat(36) + "x")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234567", "12345678\0", "\00012345678", "1234\0005678"})
  void refuses_a_password_that_could_not_be_compared_in_full(String password) {
    assertThat(Password.isAcceptable(password)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Password(password));
  }

  @Test
  void tells_no_secret_to_a_log() {
    assertThat(new Password("correct horse").toString()).doesNotContain("correct");
    assertThat(new PasswordHash("$2b$10$hash").toString()).doesNotContain("$2b$10$hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void keeps_no_blank_hash(String hash) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PasswordHash(hash));
  }

  @Test
  void finds_each_role_by_its_code() {
    assertThat(Role.DEPOSITOR.code()).isEqualTo("depositor");
    // In Turkish, a careless conversion would not give this.
    assertThat(Role.BANKER.code()).isEqualTo("banker");
    for (Role role : Role.values()) {
      assertThat(Role.ofCode(role.code())).isSameAs(role);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BANKER", "admin", "banker "})
  void knows_no_other_role(String code) {
    assertThatIllegalArgumentException().isThrownBy(() -> Role.ofCode(code));
  }

  @Test
  void calls_nobody_but_bankers_staff() {
    assertThat(new Caller(new Username("ada"), Role.BANKER).isBanker()).isTrue();
    assertThat(new Caller(new Username("ada"), Role.DEPOSITOR).isBanker()).isFalse();
  }

  private static User named(String fullName) {
    return User.registered(
        new Username("ada"),
        Role.DEPOSITOR,
        fullName,
        new EmailAddress("ada@example.com"),
        new PasswordHash("$2b$10$hash"),
        NOW);
  }
}
