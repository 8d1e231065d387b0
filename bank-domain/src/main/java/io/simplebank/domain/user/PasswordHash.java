package io.simplebank.domain.user;

/**
 * What is kept of a password.
 *
 * @param value the hash with its algorithm, cost and salt, in the modular crypt format
 */
public record PasswordHash(String value) {
  /**
   * @throws IllegalArgumentException when the hash is blank
   */
  public PasswordHash {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a password hash is not blank");
    }
  }

  /** Always the same: a hash does not belong in any log either. */
  @Override
  public String toString() {
    return "PasswordHash[hidden]";
  }
}
