package io.simplebank.domain.user;

import java.util.Locale;

/** What a user is to the bank. */
public enum Role {
  /** A customer: sees and moves what is on accounts of their own. */
  DEPOSITOR,
  /** Staff: sees every account, takes deposits and pays out withdrawals. */
  BANKER;

  /** The role's name in tokens, in the store and on the wire, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no role has that code
   */
  public static Role ofCode(String code) {
    for (Role role : values()) {
      if (role.code().equals(code)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no such role: " + code);
  }
}
