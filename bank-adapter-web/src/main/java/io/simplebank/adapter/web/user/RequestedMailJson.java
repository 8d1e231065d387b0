package io.simplebank.adapter.web.user;

import io.micronaut.serde.annotation.Serdeable;

@Serdeable
record RequestedMailJson(String email) {}
