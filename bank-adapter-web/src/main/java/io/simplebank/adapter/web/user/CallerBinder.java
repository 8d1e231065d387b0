package io.simplebank.adapter.web.user;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.SecurityFilter;
import io.simplebank.adapter.web.http.ClientAddress;
import io.simplebank.adapter.web.http.RequestId;
import io.simplebank.domain.user.Caller;
import io.simplebank.domain.user.Role;
import io.simplebank.domain.user.Username;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Gives controllers the caller behind the access token. */
@Singleton
final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
  private static final Argument<Caller> TYPE = Argument.of(Caller.class);

  private final ClientAddress clientAddress;

  CallerBinder(ClientAddress clientAddress) {
    this.clientAddress = clientAddress;
  }

  @Override
  public Argument<Caller> argumentType() {
    return TYPE;
  }

  @Override
  public BindingResult<Caller> bind(
      ArgumentConversionContext<Caller> context, HttpRequest<?> request) {
    if (!request.getAttributes().contains(SecurityFilter.KEY)) {
      // The security filter has not run yet; the framework asks again once it has.
      return BindingResult.unsatisfied();
    }
    Optional<Caller> caller =
        request
            .getUserPrincipal(Authentication.class)
            .map(authentication -> callerOf(authentication, request));
    return () -> caller;
  }

  private Caller callerOf(Authentication authentication, HttpRequest<?> request) {
    Role role =
        authentication.getRoles().contains(Role.BANKER.code()) ? Role.BANKER : Role.DEPOSITOR;
    // No token is let in without a session.
    UUID session = UUID.fromString(String.valueOf(authentication.getAttributes().get("sid")));
    return new Caller(
        new Username(authentication.getName()),
        role,
        session,
        clientAddress.of(request),
        RequestId.of(request));
  }
}
