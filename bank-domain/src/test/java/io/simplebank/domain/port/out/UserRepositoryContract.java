package io.simplebank.domain.port.out;

import static io.simplebank.domain.port.out.UserRepository.Insertion.EMAIL_TAKEN;
import static io.simplebank.domain.port.out.UserRepository.Insertion.INSERTED;
import static io.simplebank.domain.port.out.UserRepository.Insertion.USERNAME_TAKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.simplebank.domain.port.out.UserRepository.Insertion;
import io.simplebank.domain.user.EmailAddress;
import io.simplebank.domain.user.PasswordHash;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link UserRepository} does. */
public abstract class UserRepositoryContract extends StoresContract {
  private static final Comparator<User> BY_NAME =
      Comparator.comparing(user -> user.username().value());

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

  @Test
  void keeps_what_a_locked_user_has_become() {
    User user = registeredUser();
    User changed =
        user.renamed("Zoë Ōtomo-Şahin 🏦")
            .movedTo(new EmailAddress(freshName() + "@bank.example"))
            .verified()
            .withPassword(new PasswordHash("$2b$10$another"), NOW.plusSeconds(5))
            .as(Role.BANKER);

    assertThat(locked(user.username())).contains(user);
    assertThat(updated(changed)).isTrue();

    assertThat(stores().users().find(user.username())).contains(changed);
    assertThat(locked(user.username())).contains(changed);
  }

  @Test
  void keeps_a_user_who_stays_at_their_address() {
    User user = registeredUser();

    assertThat(updated(user.renamed("Ada King"))).isTrue();

    assertThat(stores().users().find(user.username())).contains(user.renamed("Ada King"));
  }

  @Test
  void locks_nobody_of_an_unknown_name_and_refuses_to_keep_them() {
    User unknown = aUser();

    assertThat(locked(unknown.username())).isEmpty();
    assertThatThrownBy(() -> updated(unknown)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keeps_nothing_of_a_user_who_moves_to_a_taken_address() {
    User first = registeredUser();
    User second = registeredUser();

    assertThat(updated(second.renamed("Ada King").movedTo(first.email()))).isFalse();

    assertThat(stores().users().find(second.username())).contains(second);
  }

  @Test
  void lets_the_transaction_go_on_after_an_address_was_refused() {
    User first = registeredUser();
    User second = registeredUser();
    EmailAddress free = new EmailAddress(freshName() + "@example.com");

    List<Boolean> kept =
        stores()
            .transactions()
            .inTransaction(
                () ->
                    List.of(
                        stores().users().update(first.renamed("Before")),
                        stores().users().update(second.movedTo(first.email())),
                        stores().users().update(second.movedTo(free))));

    assertThat(kept).containsExactly(true, false, true);
    assertThat(stores().users().find(first.username())).contains(first.renamed("Before"));
    assertThat(stores().users().find(second.username())).contains(second.movedTo(free));
  }

  @Test
  void frees_the_address_that_a_user_has_left() {
    User user = registeredUser();
    assertThat(updated(user.movedTo(new EmailAddress(freshName() + "@example.com")))).isTrue();

    assertThat(stores().users().insert(user(freshName(), user.email().value())))
        .isEqualTo(INSERTED);
  }

  @Test
  void lets_only_one_of_many_move_to_an_address_at_once() throws Exception {
    EmailAddress wanted = new EmailAddress(freshName() + "@example.com");

    List<Boolean> kept =
        simultaneously(
            8,
            () -> {
              User user = registeredUser();
              return stores()
                  .transactions()
                  .inTransaction(
                      () -> {
                        boolean moved = stores().users().update(user.movedTo(wanted));
                        // Whatever came of it, the transaction can still be used.
                        User found = stores().users().find(user.username()).orElseThrow();
                        assertThat(found.email().equals(wanted)).isEqualTo(moved);
                        return moved;
                      });
            });

    assertThat(kept).containsOnlyOnce(true);
  }

  @Test
  void lets_one_change_a_user_after_the_other() throws Exception {
    User user = registeredUser();

    simultaneously(8, () -> passwordChangedASecondLater(user.username()));

    assertThat(stores().users().find(user.username()).orElseThrow().passwordChangedAt())
        .isEqualTo(NOW.plusSeconds(8));
  }

  @Test
  void lists_users_by_name_in_parts() {
    List<User> users = Stream.generate(this::registeredUser).limit(5).sorted(BY_NAME).toList();

    List<User> all = stores().users().list(0, Integer.MAX_VALUE);

    assertThat(all).containsSubsequence(users);
    assertThat(stores().users().list(1, 3)).isEqualTo(all.subList(1, 4));
    assertThat(stores().users().list(0, 1)).isEqualTo(all.subList(0, 1));
    assertThat(stores().users().list(all.size(), 10)).isEmpty();
    assertThat(stores().users().list(214_748_364_600L, 100)).isEmpty();
  }

  private Optional<User> locked(Username username) {
    return stores().transactions().inTransaction(() -> stores().users().lock(username));
  }

  private boolean updated(User user) {
    return stores().transactions().inTransaction(() -> stores().users().update(user));
  }

  private boolean passwordChangedASecondLater(Username username) {
    return stores()
        .transactions()
        .inTransaction(
            () -> {
              User before = stores().users().lock(username).orElseThrow();
              return stores()
                  .users()
                  .update(
                      before.withPassword(
                          before.passwordHash(), before.passwordChangedAt().plusSeconds(1)));
            });
  }
}
