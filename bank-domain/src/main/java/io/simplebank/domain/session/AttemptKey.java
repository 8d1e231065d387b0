package io.simplebank.domain.session;

import io.simplebank.domain.user.Username;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What failed logins are counted by: the account that somebody tries to get into, or the address
 * that they try from.
 *
 * @param value the key in the store
 */
public record AttemptKey(String value) implements Comparable<AttemptKey> {
  private static final String ACCOUNT = "account:";
  private static final String ADDRESS = "address:";

  /** An IPv6 customer is given a network of this many bytes, and can use every address in it. */
  private static final int IPV6_NETWORK_BYTES = 8;

  /**
   * Digits and colons, perhaps an IPv4 address at the end, perhaps a zone. What begins with another
   * character, {@link InetAddress} would take for a name.
   */
  private static final Pattern IPV6_LITERAL =
      Pattern.compile("(?<digits>[0-9a-fA-F]*:[0-9a-fA-F:.]*)(%.*)?", Pattern.DOTALL);

  /**
   * @throws IllegalArgumentException when it is neither an account's nor an address's
   */
  public AttemptKey {
    if (!value.startsWith(ACCOUNT) && !value.startsWith(ADDRESS)) {
      throw new IllegalArgumentException("not what attempts are counted by: " + value);
    }
  }

  /** The key of a name that somebody logs in with, whether there is such a user or not. */
  public static AttemptKey account(Username username) {
    return new AttemptKey(ACCOUNT + username.value());
  }

  /**
   * The key of an address; of IPv6, of the network of 64 bits that it is in, in whichever zone.
   * What is no address counts by itself, and no name is looked up.
   */
  public static AttemptKey address(String address) {
    Matcher ipv6 = IPV6_LITERAL.matcher(address);
    return new AttemptKey(
        ADDRESS + (ipv6.matches() ? networkOf(ipv6.group("digits"), address) : address));
  }

  /** By value: the order in which attempts are locked. */
  @Override
  public int compareTo(AttemptKey other) {
    return value.compareTo(other.value);
  }

  boolean isAccount() {
    return value.startsWith(ACCOUNT);
  }

  private static String networkOf(String digits, String address) {
    try {
      InetAddress parsed = InetAddress.getByName(digits);
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), IPV6_NETWORK_BYTES)) + "/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException notAnAddress) {
      return address;
    }
  }
}
