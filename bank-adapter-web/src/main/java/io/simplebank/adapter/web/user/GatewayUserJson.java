package io.simplebank.adapter.web.user;

import io.micronaut.serde.annotation.Serdeable;
import io.simplebank.domain.user.User;

/** A user as the older gateway answers with one. */
@Serdeable
record GatewayUserJson(UserJson user) {
  static GatewayUserJson of(User user) {
    return new GatewayUserJson(UserJson.of(user));
  }
}
