package io.simplebank.adapter.web.user;

import static io.simplebank.adapter.web.WebBank.BANKER;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.port.in.ChangeRole;
import io.simplebank.domain.port.in.ListUsers;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What bankers do with other users. */
final class StaffTest {
  private final WebBank bank = WebBank.fresh();

  @Test
  void lists_users_as_a_bare_array() {
    when(bank.listUsers.list(new ListUsers.Query(BANKER, 2, 100)))
        .thenReturn(Optional.of(List.of(Samples.alice())));

    bank.get(BANKER, "/users?page_id=2&page_size=100").is(200, "[" + Samples.ALICE_JSON + "]");
  }

  @Test
  void lists_page_1_of_5_when_nothing_is_asked() {
    when(bank.listUsers.list(any())).thenReturn(Optional.of(List.of()));

    bank.get(BANKER, "/users").is(200, "[]");

    verify(bank.listUsers).list(new ListUsers.Query(BANKER, 1, 5));
  }

  @ParameterizedTest
  @CsvSource({
    "page_id=0, page_id",
    "page_size=101, page_size",
    "page_id=x&page_size=0, page_id page_size",
  })
  void names_every_wrong_parameter_at_once(String query, String wrong) {
    bank.get(BANKER, "/users?" + query).isInvalid(wrong.split(" "));

    verifyNoInteractions(bank.listUsers);
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void changes_a_role(Role role) {
    when(bank.changeRole.change(new ChangeRole.Command(BANKER, new Username("alice"), role)))
        .thenReturn(new ChangeRole.Outcome.Changed(Samples.alice().as(role)));

    change("Alice", "{\"role\": \"" + role.code() + "\"}")
        .is(200, Samples.ALICE_JSON.replace("depositor", role.code()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"role\": null}",
        "{\"role\": 1}",
        "{\"role\": \"\"}",
        "{\"role\": \"BANKER\"}",
        "{\"role\": \"owner\"}",
        "{\"role\": [\"banker\"]}"
      })
  void changes_nothing_without_a_role(String body) {
    change("alice", body).isInvalid("role");

    verifyNoInteractions(bank.changeRole);
  }

  @Test
  void says_which_roles_there_are() {
    change("alice", "{\"role\": \"owner\"}").blames("role", "must be depositor or banker");
    change("alice", "{}").blames("role", "is required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "a%20b", "%C3%A4lice", "alice%00"})
  void changes_nobody_who_cannot_be(String username) {
    change(username, "{\"role\": \"banker\"}")
        .blames("username", "must be 3 to 32 letters, digits, '_' or '-'");

    verifyNoInteractions(bank.changeRole);
  }

  @Test
  void knows_users_whose_name_is_a_path_elsewhere() {
    when(bank.changeRole.change(any())).thenReturn(new ChangeRole.Outcome.NoSuchUser());

    change("login", "{\"role\": \"banker\"}")
        .isProblem(404, "user_not_found", "there is no user login");
    change("verify_email", "{\"role\": \"banker\"}")
        .isProblem(404, "user_not_found", "there is no user verify_email");
  }

  @Test
  void changes_nobodys_own_role() {
    when(bank.changeRole.change(any())).thenReturn(new ChangeRole.Outcome.OwnRole());

    change("berta", "{\"role\": \"depositor\"}")
        .isProblem(409, "own_role", "nobody changes their own role");
  }

  @Test
  void lets_nobody_go_on_who_is_no_banker_any_more() {
    when(bank.changeRole.change(any())).thenReturn(new ChangeRole.Outcome.BankersOnly());
    when(bank.listUsers.list(any())).thenReturn(Optional.empty());

    change("alice", "{\"role\": \"banker\"}").isProblem(403, "forbidden");
    bank.get(BANKER, "/users").isProblem(403, "forbidden", "this is not for the caller's role");
  }

  private Answer change(String username, String json) {
    return bank.call("PATCH", "/users/" + username).as(BANKER).body(json).send();
  }
}
