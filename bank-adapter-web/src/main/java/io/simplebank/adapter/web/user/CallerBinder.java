package io.simplebank.adapter.web.user;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.PostponedRequestArgumentBinder;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.simplebank.adapter.web.http.ClientAddress;
import io.simplebank.adapter.web.http.RequestId;
import io.simplebank.adapter.web.security.Bearer;
import io.simplebank.domain.user.Caller;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Gives controllers the caller behind the access token, once the filters have let them in. */
@Singleton
final class CallerBinder
    implements TypedRequestArgumentBinder<Caller>, PostponedRequestArgumentBinder<Caller> {
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
    Optional<Caller> caller =
        request.getUserPrincipal(Bearer.class).map(bearer -> callerOf(bearer, request));
    return () -> caller;
  }

  private Caller callerOf(Bearer bearer, HttpRequest<?> request) {
    return new Caller(
        bearer.username(),
        bearer.role(),
        bearer.session(),
        clientAddress.of(request),
        RequestId.of(request));
  }
}
