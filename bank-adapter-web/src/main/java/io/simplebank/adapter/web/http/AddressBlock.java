package io.simplebank.adapter.web.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as {@code 10.0.0.0/8}, {@code fd00::/8} or one address
 * alone (RFC 4632, RFC 4291).
 *
 * @param first an address of the block
 * @param bits how many bits count
 */
record AddressBlock(InetAddress first, int bits) {
  // Java also reads 10.1 and the digits of other scripts.
  private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern V6 =
      Pattern.compile("[0-9A-Fa-f:]+(:[0-9]{1,3}(\\.[0-9]{1,3}){3})?");
  private static final Pattern BLOCK = Pattern.compile("([^/]+)(/([0-9]{1,3}))?");

  AddressBlock {
    if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("no such number of bits: " + bits);
    }
  }

  /** The block of that text, if it is one. */
  static Optional<AddressBlock> parse(String text) {
    Matcher block = BLOCK.matcher(text);
    if (!block.matches()) {
      return Optional.empty();
    }
    return address(block.group(1))
        .flatMap(
            address -> {
              int all = address.getAddress().length * Byte.SIZE;
              int bits = block.group(3) == null ? all : Integer.parseInt(block.group(3));
              return bits > all ? Optional.empty() : Optional.of(new AddressBlock(address, bits));
            });
  }

  /** The address of that text, without a zone; no name is ever looked up. */
  static Optional<InetAddress> address(String text) {
    if (!V4.matcher(text).matches() && !(text.contains(":") && V6.matcher(text).matches())) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The address without the name of a network interface, and IPv4 as such. */
  static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
