package io.simplebank.domain.idempotency;

import java.util.Locale;

/** What a request asks for. A key means something only together with this and the user. */
public enum Operation {
  /** A transfer between customers. */
  TRANSFER,
  /** Money that is paid in. */
  DEPOSIT,
  /** Money that is paid out. */
  WITHDRAWAL,
  /** A transfer that is given back, in part or as a whole. */
  REVERSAL,
  /** Many transfers at once. */
  BATCH,
  /** A pending transfer that is settled, in part or as a whole. */
  POST,
  /** A pending transfer that is released. */
  VOID;

  /** The operation's name in the store, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no operation has that code
   */
  public static Operation ofCode(String code) {
    for (Operation operation : values()) {
      if (operation.code().equals(code)) {
        return operation;
      }
    }
    throw new IllegalArgumentException("no such operation: " + code);
  }
}
