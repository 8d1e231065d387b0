package io.simplebank.adapter.persistence.session;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.simplebank.domain.session.RefreshToken;
import io.simplebank.domain.user.SecretHash;
import java.util.UUID;

@MappedEntity("refresh_tokens")
record RefreshTokenRow(@Id String hash, UUID sessionId, int generation) {

  static RefreshTokenRow of(RefreshToken token) {
    return new RefreshTokenRow(token.hash().hex(), token.session(), token.generation());
  }

  RefreshToken toRefreshToken() {
    return new RefreshToken(new SecretHash(hash), sessionId, generation);
  }
}
