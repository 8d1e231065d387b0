package io.simplebank.application.user;

import static io.simplebank.application.world.SignInWorld.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.RequestVerificationMail;
import io.simplebank.domain.port.in.UpdateUser;
import io.simplebank.domain.port.in.VerifyEmail;
import io.simplebank.domain.port.in.VerifyEmail.Outcome.Refused;
import io.simplebank.domain.port.in.VerifyEmail.Outcome.Verified;
import io.simplebank.domain.port.out.MailSender;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.EmailVerification;
import io.simplebank.domain.user.Mail;
import io.simplebank.domain.user.Secret;
import io.simplebank.domain.user.Username;
import io.simplebank.domain.user.VerificationId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VerificationServiceTest {
  private static final Username ADA = new Username("ada");
  private static final EmailAddress ELSEWHERE = new EmailAddress("ada@example.org");
  private static final Pattern LINK =
      Pattern.compile(
          "https://bank\\.example\\.com/users/verify_email"
              + "\\?email_id=([0-9]+)&secret_code=([A-Za-z0-9_-]{43})");

  private final SignInWorld world = new SignInWorld();

  @BeforeEach
  void registerAda() {
    world.registered("ada");
  }

  @Test
  void sends_a_mail_with_a_link_to_who_has_registered() {
    world.verification.send(latest().id());

    assertThat(world.mails).hasSize(1);
    Mail mail = world.mails.getFirst();
    assertThat(mail.to()).isEqualTo(world.user("ada").email());
    assertThat(mail.subject()).isEqualTo("Please verify your e-mail address");
    assertThat(mail.text()).startsWith("Hello ada,\n").contains("within 15 minutes");
    assertThat(linked(mail).id()).isEqualTo(latest().id());
  }

  @Test
  void sends_no_text_of_the_users_own_to_an_address_that_may_be_somebody_elses() {
    update("Win a prize at https://evil.example/", new EmailAddress("victim@example.com"));

    world.verification.send(latest().id());

    assertThat(world.mails.getLast().to()).isEqualTo(new EmailAddress("victim@example.com"));
    assertThat(world.mails.getLast().text()).doesNotContain("prize", "evil");
  }

  @Test
  void links_to_where_the_bank_is_found_with_or_without_a_slash_at_the_end() {
    for (String address : new String[] {"https://bank.example.com", "https://bank.example.com/"}) {
      service(world.mails::add, address).send(latest().id());

      assertThat(linked(world.mails.getLast()).id()).isEqualTo(latest().id());
    }
  }

  @Test
  void tells_the_code_in_the_mail_and_nowhere_else() {
    world.verification.send(latest().id());

    Secret code = linked(world.mails.getFirst()).code();
    assertThat(latest().code()).isEqualTo(code.hash());
    assertThat(latest().toString()).doesNotContain(code.value());
    assertThat(world.mails.toString()).doesNotContain(code.value());
    assertThat(world.stores.audited("ada").toString()).doesNotContain(code.value());
  }

  @Test
  void takes_the_address_as_verified_for_the_code() {
    VerifyEmail.Command link = mailed();
    world.clock.advance(Duration.ofMinutes(1));

    VerifyEmail.Outcome outcome = world.verification.verify(link);

    assertThat(world.user("ada").emailVerified()).isTrue();
    assertThat(outcome).isEqualTo(new Verified(world.user("ada")));
    assertThat(latest().confirmedAt()).isEqualTo(world.clock.instant());
    assertThat(world.stores.audited("ada").getLast())
        .isEqualTo(
            AuditEvent.by(ADA, Action.EMAIL_VERIFIED, "ada", ADDRESS, world.clock.instant()));
  }

  @Test
  void refuses_a_code_that_was_not_sent_or_belongs_to_another() {
    VerifyEmail.Command adas = mailed();
    world.registered("bob");
    VerifyEmail.Command bobs = mailed("bob");

    assertThat(verify(adas.id(), bobs.code())).isEqualTo(new Refused());
    assertThat(verify(adas.id(), new Secret("made up"))).isEqualTo(new Refused());
    assertThat(verify(new VerificationId(Long.MAX_VALUE), adas.code())).isEqualTo(new Refused());
    assertThat(world.user("ada").emailVerified()).isFalse();
    assertThat(world.user("bob").emailVerified()).isFalse();
  }

  @Test
  void refuses_a_code_before_any_was_sent() {
    assertThat(verify(latest().id(), new Secret("made up"))).isEqualTo(new Refused());
  }

  @Test
  void takes_a_code_until_it_is_15_minutes_old() {
    world.clock.advance(Duration.ofHours(5));
    VerifyEmail.Command link = mailed();
    world.clock.advance(Duration.ofMinutes(15).minusNanos(1));

    assertThat(world.verification.verify(link)).isInstanceOf(Verified.class);
  }

  @Test
  void refuses_a_code_that_is_15_minutes_old() {
    VerifyEmail.Command link = mailed();
    world.clock.advance(Duration.ofMinutes(15));

    assertThat(world.verification.verify(link)).isEqualTo(new Refused());
    assertThat(world.user("ada").emailVerified()).isFalse();
  }

  @Test
  void replaces_the_code_when_a_mail_is_sent_again() {
    VerifyEmail.Command first = mailed();
    VerifyEmail.Command second = mailed();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(world.verification.verify(first)).isEqualTo(new Refused());
    assertThat(world.verification.verify(second)).isInstanceOf(Verified.class);
  }

  @Test
  void is_as_content_with_a_link_that_is_followed_twice() {
    VerifyEmail.Command link = mailed();
    VerifyEmail.Outcome first = world.verification.verify(link);
    EmailVerification confirmed = latest();
    int written = world.stores.audited("ada").size();
    world.clock.advance(Duration.ofDays(1));

    assertThat(world.verification.verify(link)).isEqualTo(first);
    assertThat(latest()).isEqualTo(confirmed);
    assertThat(world.stores.audited("ada")).hasSize(written);
  }

  @Test
  void refuses_the_code_of_an_address_that_is_not_the_users_any_more() {
    VerifyEmail.Command link = mailed();
    update(null, ELSEWHERE);

    assertThat(world.verification.verify(link)).isEqualTo(new Refused());
    assertThat(world.user("ada").emailVerified()).isFalse();
  }

  @Test
  void has_an_address_verified_anew_to_which_the_user_has_come_back() {
    EmailAddress original = world.user("ada").email();
    VerifyEmail.Command link = mailed();
    world.verification.verify(link);
    update(null, ELSEWHERE);
    world.clock.advance(Duration.ofDays(20));
    update(null, original);

    assertThat(world.verification.verify(link)).isEqualTo(new Refused());
    assertThat(world.user("ada").emailVerified()).isFalse();
    assertThat(world.verification.verify(mailed())).isInstanceOf(Verified.class);
  }

  @Test
  void sends_nothing_to_an_address_that_is_verified_or_not_the_users_any_more() {
    VerificationId registered = latest().id();
    update(null, ELSEWHERE);
    world.verification.send(registered);
    assertThat(world.mails).isEmpty();

    VerifyEmail.Command link = mailed();
    world.verification.verify(link);
    world.verification.send(link.id());
    world.verification.send(new VerificationId(Long.MAX_VALUE));

    assertThat(world.mails).hasSize(1);
  }

  @Test
  void queues_another_mail_but_not_too_soon() {
    Caller ada = world.user("ada").asCaller();
    VerificationId first = latest().id();

    assertThat(world.verification.request(ada))
        .isEqualTo(
            new RequestVerificationMail.Outcome.TooSoon(
                world.clock.instant().plus(EmailVerification.PAUSE)));
    world.clock.advance(EmailVerification.PAUSE);
    assertThat(world.verification.request(ada))
        .isEqualTo(new RequestVerificationMail.Outcome.Requested(world.user("ada").email()));
    assertThat(world.verification.request(ada))
        .isInstanceOf(RequestVerificationMail.Outcome.TooSoon.class);

    assertThat(latest().id()).isNotEqualTo(first);
    assertThat(world.stores.queuedMails()).containsExactlyInAnyOrder(first, latest().id());
  }

  @Test
  void queues_no_mail_for_an_address_that_is_verified() {
    world.verification.verify(mailed());
    world.clock.advance(Duration.ofDays(1));

    assertThat(world.verification.request(world.user("ada").asCaller()))
        .isEqualTo(new RequestVerificationMail.Outcome.AlreadyVerified());
    assertThat(world.stores.queuedMails()).hasSize(1);
  }

  @Test
  void passes_on_that_the_mail_server_is_down_and_can_send_later() {
    VerificationId id = latest().id();
    VerificationService cutOff =
        service(
            mail -> {
              throw new UncheckedIOException(new IOException("no mail server"));
            },
            "https://bank.example.com");

    assertThatThrownBy(() -> cutOff.send(id))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("no mail server");
    world.clock.advance(Duration.ofHours(3));

    assertThat(world.verification.verify(mailed())).isInstanceOf(Verified.class);
  }

  @Test
  void speaks_to_the_mail_server_outside_any_transaction() {
    VerificationId id = latest().id();
    // From another thread, which the transaction of this one would keep waiting.
    service(
            mail -> {
              Thread other = new Thread(() -> world.user("ada"));
              other.start();
              try {
                assertThat(other.join(Duration.ofSeconds(30))).isTrue();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              world.mails.add(mail);
            },
            "https://bank.example.com")
        .send(id);

    assertThat(world.mails).hasSize(1);
  }

  private VerificationService service(MailSender sender, String publicAddress) {
    return new VerificationService(
        world.stores.transactions(),
        world.stores.users(),
        world.stores.verifications(),
        world.stores.verificationMails(),
        world.stores.audit(),
        sender,
        world.clock,
        new SplittableRandom(6),
        URI.create(publicAddress));
  }

  private EmailVerification latest() {
    return latest(ADA);
  }

  private EmailVerification latest(Username username) {
    return world.stores.verifications().findLatest(username).orElseThrow();
  }

  /** What Ada does when she follows the link in a mail that is sent to her now. */
  private VerifyEmail.Command mailed() {
    return mailed("ada");
  }

  private VerifyEmail.Command mailed(String username) {
    world.verification.send(latest(new Username(username)).id());
    return linked(world.mails.getLast());
  }

  private static VerifyEmail.Command linked(Mail mail) {
    Matcher link = LINK.matcher(mail.text());
    assertThat(link.find()).as("a link in %s", mail.text()).isTrue();
    return new VerifyEmail.Command(
        new VerificationId(Long.parseLong(link.group(1))), new Secret(link.group(2)), ADDRESS);
  }

  private VerifyEmail.Outcome verify(VerificationId id, Secret code) {
    return world.verification.verify(new VerifyEmail.Command(id, code, ADDRESS));
  }

  private void update(@Nullable String fullName, EmailAddress email) {
    assertThat(
            world.profile.update(
                new UpdateUser.Command(world.user("ada").asCaller(), fullName, email, null)))
        .isInstanceOf(UpdateUser.Outcome.Updated.class);
  }
}
