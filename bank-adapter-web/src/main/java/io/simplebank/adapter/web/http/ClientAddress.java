package io.simplebank.adapter.web.http;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.simplebank.adapter.web.UnusableSettingException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a request comes from. Anybody can write a header, so it is the other end of the connection,
 * unless that is one of the bank's own proxies: these add whom they talk to at the end of {@code
 * X-Forwarded-For}. The {@code Forwarded} of RFC 7239 is not read: a proxy that writes one of the
 * two lets the client write the other.
 */
@Context // Made at start, so that a bank with proxies that are none does not start.
public final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  /** An address as proxies write it: perhaps with a zone, perhaps with a port. */
  private static final Pattern NODE =
      Pattern.compile(
          "\\[(?<v6>[^\\]%]+)(%[^\\]]*)?\\](:[0-9]{1,5})?"
              + "|(?<v4>[0-9.]+)(:[0-9]{1,5})?"
              + "|(?<bare>[0-9A-Fa-f:.]+)(%.*)?");

  private final List<AddressBlock> proxies;

  /**
   * Trusts the proxies at those addresses.
   *
   * @throws UnusableSettingException when one is neither an address nor a block of them
   */
  ClientAddress(@Value("${bank.trusted-proxies:}") List<String> proxies) {
    this.proxies =
        proxies.stream()
            .map(String::strip)
            .filter(block -> !block.isEmpty())
            .map(
                block ->
                    AddressBlock.parse(block)
                        .orElseThrow(
                            () ->
                                new UnusableSettingException(
                                    "BANK_TRUSTED_PROXIES must list addresses or blocks such as"
                                        + " 10.0.0.0/8, not "
                                        + block)))
            .toList();
  }

  /** The client's address in digits; of a client that a proxy does not tell, the proxy's. */
  public String of(HttpRequest<?> request) {
    InetAddress peer = peer(request);
    return (isTrusted(peer) ? forwarded(request).orElse(peer) : peer).getHostAddress();
  }

  /** Whether the client speaks TLS, be it with one of the bank's proxies. */
  boolean isSecure(HttpRequest<?> request) {
    return request.isSecure()
        || (!proxies.isEmpty()
            && isTrusted(peer(request))
            && elements(request, FORWARDED_PROTO)
                .reduce((first, last) -> last)
                .filter("https"::equalsIgnoreCase)
                .isPresent());
  }

  /** The last that is no proxy of ours: what stands before it, the client may have made up. */
  private Optional<InetAddress> forwarded(HttpRequest<?> request) {
    for (String node : elements(request, FORWARDED_FOR).toList().reversed()) {
      Optional<InetAddress> address = address(node);
      if (address.isEmpty() || !isTrusted(address.get())) {
        return address;
      }
    }
    return Optional.empty();
  }

  private static Stream<String> elements(HttpRequest<?> request, String header) {
    HttpHeaders headers = request.getHeaders();
    return headers.getAll(header).stream()
        .flatMap(values -> Stream.of(values.split(",", -1)))
        .map(String::strip);
  }

  private static Optional<InetAddress> address(String node) {
    Matcher matcher = NODE.matcher(node);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Stream.of("v6", "v4", "bare")
        .flatMap(form -> Stream.ofNullable(matcher.group(form)))
        .findFirst()
        .flatMap(AddressBlock::address);
  }

  private boolean isTrusted(InetAddress address) {
    return proxies.stream().anyMatch(block -> block.contains(address));
  }

  private static InetAddress peer(HttpRequest<?> request) {
    return AddressBlock.withoutZone(request.getRemoteAddress().getAddress());
  }
}
