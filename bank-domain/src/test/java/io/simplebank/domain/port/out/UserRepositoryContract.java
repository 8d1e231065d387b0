package io.simplebank.domain.port.out;

import static io.simplebank.domain.port.out.UserRepository.Insertion.EMAIL_TAKEN;
import static io.simplebank.domain.port.out.UserRepository.Insertion.INSERTED;
import static io.simplebank.domain.port.out.UserRepository.Insertion.USERNAME_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.port.out.UserRepository.Insertion;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What every {@link UserRepository} does. */
public abstract class UserRepositoryContract extends StoresContract {
  /** For the tests of each store that keeps this contract. */
  protected UserRepositoryContract() {}

  @Test
  void finds_a_user_as_inserted() {
    String name = freshName();
    User user =
        new User(
            new Username(name),
            Role.BANKER,
            "Zoë Ōtomo-Şahin 🏦",
            new EmailAddress(name + "@bank.example"),
            true,
            new PasswordHash("$2b$12$abcdefghijklmnopqrstuv"),
            NOW.plusSeconds(5),
            NOW);

    assertThat(stores().users().insert(user)).isEqualTo(INSERTED);

    assertThat(stores().users().find(user.username())).contains(user);
  }

  @Test
  void keeps_the_longest_values_that_a_user_may_have() {
    String name = (freshName() + "-".repeat(32)).substring(0, 32);
    String domain = "example.".repeat(30).substring(0, 199) + ".org";
    User longest =
        User.registered(
            new Username(name),
            Role.DEPOSITOR,
            "Ł".repeat(User.MAX_FULL_NAME_LENGTH),
            new EmailAddress((freshName() + "x".repeat(64)).substring(0, 50) + "@" + domain),
            new PasswordHash("h".repeat(200)),
            NOW);
    assertThat(longest.email().value()).hasSize(EmailAddress.MAX_LENGTH);

    assertThat(stores().users().insert(longest)).isEqualTo(INSERTED);

    assertThat(stores().users().find(longest.username())).contains(longest);
  }

  @Test
  void finds_nobody_of_an_unknown_name() {
    assertThat(stores().users().find(new Username(freshName()))).isEmpty();
  }

  @Test
  void finds_a_user_whatever_the_case_of_the_name() {
    User user = registeredUser();

    Username shouted = new Username(user.username().value().toUpperCase(Locale.ROOT));

    assertThat(stores().users().find(shouted)).contains(user);
  }

  @Test
  void reports_a_taken_username_whatever_its_case() {
    User first = registeredUser();
    User second =
        user(first.username().value().toUpperCase(Locale.ROOT), "other-" + first.email().value());

    assertThat(stores().users().insert(second)).isEqualTo(USERNAME_TAKEN);

    assertThat(stores().users().find(first.username())).contains(first);
  }

  @Test
  void reports_a_taken_email_whatever_its_case() {
    User first = registeredUser();
    User second = user(freshName(), first.email().value().toUpperCase(Locale.ROOT));

    assertThat(stores().users().insert(second)).isEqualTo(EMAIL_TAKEN);

    assertThat(stores().users().find(second.username())).isEmpty();
  }

  @Test
  void reports_the_username_when_one_user_has_both() {
    User first = registeredUser();

    assertThat(stores().users().insert(first)).isEqualTo(USERNAME_TAKEN);
  }

  @Test
  void reports_the_username_when_two_users_have_one_each() {
    User named = registeredUser();
    User addressed = registeredUser();
    User third = user(named.username().value(), addressed.email().value());

    assertThat(stores().users().insert(third)).isEqualTo(USERNAME_TAKEN);
  }

  @Test
  void leaves_name_and_address_of_a_refused_user_free() {
    User first = registeredUser();
    User wantsName = aUser();
    User refusedForEmail = user(wantsName.username().value(), first.email().value());
    User refusedForName = user(first.username().value(), wantsName.email().value());

    assertThat(stores().users().insert(refusedForEmail)).isEqualTo(EMAIL_TAKEN);
    assertThat(stores().users().insert(refusedForName)).isEqualTo(USERNAME_TAKEN);

    assertThat(stores().users().insert(wantsName)).isEqualTo(INSERTED);
  }

  @Test
  void lets_the_transaction_go_on_after_a_refusal() {
    User first = registeredUser();
    User second = aUser();

    List<Insertion> insertions =
        stores()
            .transactions()
            .inTransaction(
                () -> List.of(stores().users().insert(first), stores().users().insert(second)));

    assertThat(insertions).containsExactly(USERNAME_TAKEN, INSERTED);
    assertThat(stores().users().find(second.username())).contains(second);
  }

  @Test
  void lets_only_one_of_many_simultaneous_registrations_have_a_name() throws Exception {
    String name = freshName();

    List<Insertion> insertions =
        simultaneously(8, () -> stores().users().insert(user(name, freshName() + "@example.com")));

    assertThat(insertions).containsOnlyOnce(INSERTED).containsOnly(INSERTED, USERNAME_TAKEN);
  }

  @Test
  void lets_only_one_of_many_simultaneous_registrations_have_an_address() throws Exception {
    String address = freshName() + "@example.com";

    List<Insertion> insertions =
        simultaneously(8, () -> stores().users().insert(user(freshName(), address)));

    assertThat(insertions).containsOnlyOnce(INSERTED).containsOnly(INSERTED, EMAIL_TAKEN);
  }
}
