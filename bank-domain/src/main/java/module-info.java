/**
 * The bank's rules in pure Java: accounts, double-entry transfers, users and sessions, and the
 * ports through which the outside asks ({@code port.in}) and is asked ({@code port.out}). Needs
 * nothing but {@code java.base} at run time.
 */
@org.jspecify.annotations.NullMarked
module io.simplebank.domain {
  requires static org.jspecify;

  exports io.simplebank.domain.account;
  exports io.simplebank.domain.audit;
  exports io.simplebank.domain.idempotency;
  exports io.simplebank.domain.money;
  exports io.simplebank.domain.port.in;
  exports io.simplebank.domain.port.out;
  exports io.simplebank.domain.session;
  exports io.simplebank.domain.transfer;
  exports io.simplebank.domain.user;
}
