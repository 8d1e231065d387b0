package io.simplebank.domain.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.simplebank.domain.user.Username;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttemptKeyTest {
  private static final AttemptKey NETWORK = AttemptKey.address("2001:db8::1");

  @Test
  void takes_two_spellings_of_a_username_for_one_account() {
    assertThat(AttemptKey.account(new Username("ADA")))
        .isEqualTo(AttemptKey.account(new Username("ada")))
        .isNotEqualTo(AttemptKey.account(new Username("bob")));
  }

  @Test
  void does_not_take_an_account_for_an_address() {
    AttemptKey account = AttemptKey.account(new Username("abc"));
    AttemptKey address = AttemptKey.address("abc");

    assertThat(account).isNotEqualTo(address);
    assertThat(account.isAccount()).isTrue();
    assertThat(address.isAccount()).isFalse();
  }

  @Test
  void tells_one_ipv4_address_from_another() {
    assertThat(AttemptKey.address("192.0.2.1")).isEqualTo(new AttemptKey("address:192.0.2.1"));
    assertThat(AttemptKey.address("192.0.2.1")).isNotEqualTo(AttemptKey.address("192.0.2.2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001:db8::1",
        "2001:DB8::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001",
        "2001:db8:0:0:1::",
        "2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::192.0.2.1",
        "2001:db8::1%eth0",
        "2001:db8::1%25",
        "2001:db8::2%"
      })
  void takes_all_addresses_of_an_ipv6_network_for_one(String address) {
    assertThat(AttemptKey.address(address)).isEqualTo(NETWORK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:0:1::1", "2001:db9::1", "::", "::1", "fe80::1"})
  void tells_one_ipv6_network_from_another(String address) {
    assertThat(AttemptKey.address(address)).isNotEqualTo(NETWORK);
  }

  @Test
  void takes_a_link_local_address_for_one_on_whichever_link() {
    assertThat(AttemptKey.address("fe80::1%eth0"))
        .isEqualTo(AttemptKey.address("fe80::2%en1"))
        .isEqualTo(AttemptKey.address("fe80::3"));
  }

  @ParameterizedTest
  @CsvSource({
    "::ffff:192.0.2.1, 192.0.2.1",
    "::FFFF:c000:201, 192.0.2.1",
    "0:0:0:0:0:ffff:c000:0201, 192.0.2.1",
    "::ffff:192.0.2.1%3, 192.0.2.1",
    "::ffff:192.0.2.2, 192.0.2.2"
  })
  void takes_an_ipv4_address_in_ipv6_clothes_for_what_it_is(String mapped, String address) {
    assertThat(AttemptKey.address(mapped)).isEqualTo(AttemptKey.address(address));
  }

  /**
   * What would be a name to a resolver stays what it is; of {@code localhost} it would be seen if
   * it were looked up, because every machine knows it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "bank.example.com",
        "cafe",
        "",
        " ",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        ".:1",
        ".::1",
        "192.0.2.1:8080",
        "[2001:db8::1]",
        "[2001:db8::1]:443",
        "2001:db8::1/64",
        "g::1",
        "%eth0",
        "1:2:3:4:5:6:7:8:9",
        "::ffff:999.0.0.1",
        "unknown",
        "\u0661::1",
        "nul\0::1"
      })
  void counts_what_is_no_address_by_itself_and_looks_nothing_up(String garbage) {
    assertThat(AttemptKey.address(garbage)).isEqualTo(new AttemptKey("address:" + garbage));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "Account:ada", "address", " address:192.0.2.1"})
  void is_nothing_else(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AttemptKey(value))
        .withMessageContaining("not what attempts are counted by");
  }

  @Test
  void has_an_order_for_locking() {
    List<AttemptKey> sorted =
        Stream.of("address:b", "account:b", "address:a", "account:a")
            .map(AttemptKey::new)
            .sorted()
            .toList();

    assertThat(sorted)
        .extracting(AttemptKey::value)
        .containsExactly("account:a", "account:b", "address:a", "address:b");
  }
}
