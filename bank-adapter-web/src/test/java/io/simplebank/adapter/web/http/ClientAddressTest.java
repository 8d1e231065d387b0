package io.simplebank.adapter.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.simple.SimpleHttpHeaders;
import io.simplebank.adapter.web.UnusableSettingException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressTest {
  private static final List<String> PROXIES = List.of("10.0.0.0/8", " 192.0.2.7 ", "fd00::/8");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The other end is no proxy: nobody believes it.
        "203.0.113.9 | 198.51.100.1 | 203.0.113.9",
        "203.0.113.9 | 10.0.0.1 | 203.0.113.9",
        "192.0.2.8 | 198.51.100.1 | 192.0.2.8",
        "fe80::1 | 198.51.100.1 | fe80:0:0:0:0:0:0:1",
        // It is a proxy, and tells.
        "10.1.2.3 | 198.51.100.1 | 198.51.100.1",
        "192.0.2.7 | 198.51.100.1 | 198.51.100.1",
        "fd12::1 | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
        "::ffff:10.1.2.3 | 198.51.100.1 | 198.51.100.1",
        // The last one that is no proxy, whatever the client has written before it.
        "10.1.2.3 | 1.1.1.1, 198.51.100.1 | 198.51.100.1",
        "10.1.2.3 | 1.1.1.1, 198.51.100.1, 10.9.9.9 | 198.51.100.1",
        "10.1.2.3 | nonsense, 198.51.100.1,10.9.9.9 , fd00::7 | 198.51.100.1",
        // With a port, with a zone.
        "10.1.2.3 | 198.51.100.1:54321 | 198.51.100.1",
        "10.1.2.3 | [2001:db8::1]:443 | 2001:db8:0:0:0:0:0:1",
        "10.1.2.3 | [2001:db8::1] | 2001:db8:0:0:0:0:0:1",
        "10.1.2.3 | fe80::1%eth0 | fe80:0:0:0:0:0:0:1",
        "10.1.2.3 | [fe80::1%25eth0]:443 | fe80:0:0:0:0:0:0:1",
        "10.1.2.3 | ::ffff:198.51.100.1 | 198.51.100.1",
        // It tells nothing that can be used: the proxy it is.
        "10.1.2.3 | '' | 10.1.2.3",
        "10.1.2.3 | unknown | 10.1.2.3",
        "10.1.2.3 | example.com | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1, nonsense | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1, | 10.1.2.3",
        "10.1.2.3 | 198.51.100.256 | 10.1.2.3",
        "10.1.2.3 | 198.51.100 | 10.1.2.3",
        "10.1.2.3 | 3325256705 | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1:port | 10.1.2.3",
        "10.1.2.3 | 2001:db8::1::2 | 10.1.2.3",
        "10.1.2.3 | ١٩٨.٥١.١٠٠.١ | 10.1.2.3",
        "10.1.2.3 | 198.51.100.1' or 1=1 -- | 10.1.2.3",
        "10.1.2.3 | 10.9.9.9, 10.8.8.8 | 10.1.2.3",
      })
  void is_told_by_trusted_proxies_alone(String peer, String forwarded, String expected)
      throws UnknownHostException {
    assertThat(new ClientAddress(PROXIES).of(request(InetAddress.getByName(peer), forwarded)))
        .isEqualTo(expected);
  }

  @Test
  void is_told_over_several_headers() throws UnknownHostException {
    InetAddress proxy = InetAddress.getByName("10.1.2.3");

    assertThat(new ClientAddress(PROXIES).of(request(proxy, "1.1.1.1", "198.51.100.1", "10.9.9.9")))
        .isEqualTo("198.51.100.1");
  }

  @Test
  void is_the_other_end_where_no_header_is() throws UnknownHostException {
    InetAddress proxy = InetAddress.getByName("10.1.2.3");

    assertThat(new ClientAddress(PROXIES).of(request(proxy))).isEqualTo("10.1.2.3");
    assertThat(new ClientAddress(List.of()).of(request(proxy, "198.51.100.1")))
        .isEqualTo("10.1.2.3");
  }

  @Test
  void names_no_interface_of_this_machine() throws UnknownHostException {
    byte[] bytes = InetAddress.getByName("fe80::1").getAddress();

    assertThat(new ClientAddress(List.of()).of(request(Inet6Address.getByAddress(null, bytes, 3))))
        .isEqualTo("fe80:0:0:0:0:0:0:1");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "10.0.0.0/9, 10.127.0.1, true",
    "10.0.0.0/9, 10.128.0.1, false",
    "0.0.0.0/0, 198.51.100.1, true",
    "0.0.0.0/0, ::1, false",
    "198.51.100.1/32, 198.51.100.2, false",
    "198.51.100.1, 198.51.100.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
  })
  void a_block_has_addresses_that_begin_alike(String block, String address, boolean expected)
      throws UnknownHostException {
    assertThat(AddressBlock.parse(block).orElseThrow().contains(InetAddress.getByName(address)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy",
        "localhost",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10/8",
        "10.0.0.0/٨",
        "10.0.0.256",
        "fe80::1%eth0",
        "*",
        "2001:db8::1::2"
      })
  void refuses_proxies_that_are_none(String block) {
    assertThatThrownBy(() -> new ClientAddress(List.of("10.0.0.0/8", block)))
        .isInstanceOf(UnusableSettingException.class)
        .hasMessageStartingWith("BANK_TRUSTED_PROXIES must list")
        .hasMessageEndingWith("not " + block);
  }

  private static HttpRequest<?> request(InetAddress peer, String... forwarded) {
    SimpleHttpHeaders headers = new SimpleHttpHeaders(Map.of(), ConversionService.SHARED);
    HttpRequest<?> request = mock();
    when(request.getRemoteAddress()).thenReturn(new InetSocketAddress(peer, 4711));
    when(request.getHeaders()).thenReturn(headers);
    for (String value : forwarded) {
      headers.add("X-Forwarded-For", value);
    }
    return request;
  }
}
