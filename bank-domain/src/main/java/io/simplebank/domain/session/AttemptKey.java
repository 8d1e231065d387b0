package io.simplebank.domain.session;

import io.simplebank.domain.user.Username;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
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

  private static final Pattern IPV6_LITERAL = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

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

  /** The key of an address; of IPv6, of the network of 64 bits that it is in. */
  public static AttemptKey address(String address) {
    return new AttemptKey(ADDRESS + (isIpv6(address) ? networkOf(address) : address));
  }

  /** By value: the order in which attempts are locked. */
  @Override
  public int compareTo(AttemptKey other) {
    return value.compareTo(other.value);
  }

  boolean isAccount() {
    return value.startsWith(ACCOUNT);
  }

  private static boolean isIpv6(String address) {
    return IPV6_LITERAL.matcher(address).matches();
  }

  private static String networkOf(String literal) {
    try {
      // Of a literal nothing is looked up.
      InetAddress address = InetAddress.getByName(literal);
      return address instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES))
              + "/64"
          : address.getHostAddress();
    } catch (UnknownHostException notAnAddress) {
      return literal;
    }
  }
}
