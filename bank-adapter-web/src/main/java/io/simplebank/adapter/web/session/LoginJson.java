package io.simplebank.adapter.web.session;

import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.simplebank.adapter.web.user.UserJson;
import java.time.Instant;
import java.util.UUID;

@Serdeable(naming = SnakeCaseStrategy.class)
record LoginJson(
    UUID sessionId,
    String accessToken,
    Instant accessTokenExpiresAt,
    String refreshToken,
    Instant refreshTokenExpiresAt,
    UserJson user) {}
