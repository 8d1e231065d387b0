package io.simplebank.application.user;

import static io.simplebank.application.world.SignInWorld.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.world.SignInWorld;
import io.simplebank.domain.audit.AuditEvent;
import io.simplebank.domain.audit.AuditEvent.Action;
import io.simplebank.domain.port.in.ChangeRole.Command;
import io.simplebank.domain.port.in.ChangeRole.Outcome;
import io.simplebank.domain.port.in.ListUsers;
import io.simplebank.domain.port.in.LogIn.Outcome.LoggedIn;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.User;
import io.simplebank.domain.user.Username;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class StaffServiceTest {
  private final SignInWorld world = new SignInWorld();

  @BeforeEach
  void employTheBoss() {
    world.banker("boss");
  }

  @Test
  void lists_users_by_name_page_by_page() {
    world.registered("cem");
    world.registered("ada");

    assertThat(list(boss(), 1, 2)).containsExactly(world.user("ada"), world.user("boss"));
    assertThat(list(boss(), 2, 2)).containsExactly(world.user("cem"));
    assertThat(list(boss(), 3, 2)).isEmpty();
    assertThat(list(boss(), Integer.MAX_VALUE, ListUsers.MAX_PAGE_SIZE)).isEmpty();
  }

  @Test
  void lists_nobody_to_a_depositor() {
    Caller ada = world.registered("ada").asCaller();

    assertThat(world.staff.list(new ListUsers.Query(ada, 1, 5))).isEmpty();
  }

  @Test
  void makes_a_depositor_a_banker_and_ends_their_sessions() {
    world.registered("ada");
    LoggedIn ada = world.loggedIn("ada");
    LoggedIn boss = world.loggedIn("boss");

    Outcome outcome = change(caller(boss), "ada", Role.BANKER);

    assertThat(outcome).isEqualTo(new Outcome.Changed(world.user("ada")));
    assertThat(world.user("ada").role()).isEqualTo(Role.BANKER);
    assertThat(world.sessions.list(caller(ada))).isEmpty();
    assertThat(world.endedSessions.goesOn(ada.session().id())).isFalse();
    assertThat(world.endedSessions.goesOn(boss.session().id())).isTrue();
    assertThat(world.stores.audited("ada").getLast())
        .isEqualTo(
            AuditEvent.by(
                caller(boss),
                Action.ROLE_CHANGED,
                "ada",
                "depositor -> banker",
                world.clock.instant()));
  }

  @Test
  void changes_nothing_for_a_role_that_they_have_already() {
    world.registered("ada");
    LoggedIn ada = world.loggedIn("ada");
    List<AuditEvent> written = world.stores.audited("ada");

    assertThat(change(boss(), "ada", Role.DEPOSITOR))
        .isEqualTo(new Outcome.Changed(world.user("ada")));

    assertThat(world.sessions.list(caller(ada))).containsExactly(ada.session());
    assertThat(world.endedSessions.goesOn(ada.session().id())).isTrue();
    assertThat(world.stores.audited("ada")).isEqualTo(written);
  }

  @Test
  void lets_no_depositor_change_a_role() {
    world.registered("bob");
    Caller ada = world.registered("ada").asCaller();

    assertThat(change(ada, "bob", Role.BANKER)).isEqualTo(new Outcome.BankersOnly());
    assertThat(change(ada, "ada", Role.BANKER)).isEqualTo(new Outcome.BankersOnly());
    assertThat(change(ada, "nobody", Role.BANKER)).isEqualTo(new Outcome.BankersOnly());
    assertThat(world.user("ada").role()).isEqualTo(Role.DEPOSITOR);
    assertThat(world.user("bob").role()).isEqualTo(Role.DEPOSITOR);
  }

  @Test
  void lets_nobody_who_was_a_banker_a_moment_ago_change_a_role() {
    world.registered("ada");
    world.banker("late");
    Caller late = world.user("late").asCaller();
    change(boss(), "late", Role.DEPOSITOR);

    assertThat(change(late, "ada", Role.BANKER)).isEqualTo(new Outcome.BankersOnly());
    assertThat(world.user("ada").role()).isEqualTo(Role.DEPOSITOR);
  }

  @Test
  void lets_no_banker_change_their_own_role() {
    assertThat(change(boss(), "BOSS", Role.DEPOSITOR)).isEqualTo(new Outcome.OwnRole());
    assertThat(world.user("boss").role()).isEqualTo(Role.BANKER);
  }

  @Test
  void knows_no_role_of_nobody() {
    assertThat(change(boss(), "nobody", Role.BANKER)).isEqualTo(new Outcome.NoSuchUser());
  }

  @Test
  void leaves_one_of_two_bankers_who_take_each_others_role_at_once() throws Exception {
    for (int i = 0; i < 50; i++) {
      String ann = "ann" + i;
      String ben = "ben" + i;
      Caller first = world.banker(ann).asCaller();
      Caller second = world.banker(ben).asCaller();

      List<Outcome> outcomes =
          simultaneously(
              () -> change(first, ben, Role.DEPOSITOR), () -> change(second, ann, Role.DEPOSITOR));

      assertThat(outcomes).filteredOn(Outcome.Changed.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(new Outcome.BankersOnly()::equals).hasSize(1);
      assertThat(List.of(world.user(ann).role(), world.user(ben).role()))
          .containsExactlyInAnyOrder(Role.BANKER, Role.DEPOSITOR);
    }
  }

  private Caller boss() {
    return world.user("boss").asCaller();
  }

  private List<User> list(Caller caller, int page, int pageSize) {
    return world.staff.list(new ListUsers.Query(caller, page, pageSize)).orElseThrow();
  }

  private Outcome change(Caller caller, String username, Role role) {
    return world.staff.change(new Command(caller, new Username(username), role));
  }

  private static List<Outcome> simultaneously(Callable<Outcome> one, Callable<Outcome> other)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      Future<Outcome> first = pool.submit(() -> together(start, one));
      Future<Outcome> second = pool.submit(() -> together(start, other));
      return List.of(first.get(), second.get());
    }
  }

  private static Outcome together(CyclicBarrier start, Callable<Outcome> task) throws Exception {
    start.await(30, TimeUnit.SECONDS);
    return task.call();
  }
}
