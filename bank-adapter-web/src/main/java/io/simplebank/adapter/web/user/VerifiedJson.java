package io.simplebank.adapter.web.user;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;

@Serdeable
record VerifiedJson(@JsonProperty("is_verified") boolean verified) {}
