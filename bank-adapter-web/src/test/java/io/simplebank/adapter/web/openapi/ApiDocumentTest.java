package io.simplebank.adapter.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What follows from the kind of a route, and what whoever adds one is told to say of it. */
final class ApiDocumentTest {
  /** As the processor writes it, for a controller that takes a key, a caller and a body. */
  private static final String GENERATED =
      """
      openapi: 3.1.0
      paths:
        /coins/{id}:
          post:
            tags: [Coins]
            summary: Toss a coin
            security:
            - bearer: [banker]
            parameters:
            - {name: id, in: path, schema: {type: integer, format: int64, x-message: no}}
            - {name: Idempotency-Key, in: header, schema: {type: [string, "null", object]}}
            requestBody:
              content:
                '*/*':
                  schema:
                    allOf:
                    - $ref: "#/components/schemas/TossJson"
                    - properties: {caller: {$ref: "#/components/schemas/Caller"}}
            responses:
              "200":
                description: toss 200 response
                content:
                  application/json:
                    schema: {$ref: "#/components/schemas/TossJson"}
              "409": {description: own_role}
      components:
        schemas:
          Caller: {properties: {name: {type: string}}}
          TossJson:
            properties:
              side: {type: [string, "null", object], pattern: "(?U)heads|tails"}
      """;

  private static final String WRITTEN =
      """
      info: {title: A bank}
      servers: []
      tags: []
      components:
        schemas:
          Problem: {properties: {code: {type: string}}, examples: [{}]}
          Toss: {examples: [{side: heads}]}
      x-examples:
        parameters: {id: 7, Idempotency-Key: toss}
        problems:
      """
          + example("forbidden")
          + example("headers_too_large")
          + example("idempotency_key_reused")
          + example("internal_error")
          + example("invalid_request")
          + example("malformed_json")
          + example("not_acceptable")
          + example("own_role")
          + example("unauthenticated")
          + example("unavailable")
          + example("unsupported_media_type")
          + example("uri_too_long")
          + example("body_too_large");

  private static String example(String code) {
    return "    " + code + ": {detail: no, instance: /}\n";
  }

  @Test
  void adds_what_follows_from_the_kind_of_a_route() {
    JsonNode toss =
        json(ApiDocument.complete(GENERATED, WRITTEN, "7")).at("/paths/~1coins~1{id}/post");

    assertThat(toss.get("operationId").asString()).isEqualTo("postCoinsById");
    assertThat(toss.get("tags").toString()).isEqualTo("[\"Coins\"]");
    assertThat(toss.get("responses").propertyNames())
        .containsExactly(
            "200", "400", "401", "403", "406", "409", "413", "414", "415", "422", "431", "500",
            "503");
    assertThat(toss.at("/responses/200/description").asString()).isEqualTo("Ok");
    assertThat(toss.at("/responses/409/$ref").asString())
        .isEqualTo("#/components/responses/OwnRole");
    assertThat(toss.at("/parameters/0").toString())
        .isEqualTo(
            "{\"name\":\"id\",\"in\":\"path\",\"schema\":{\"type\":\"integer\",\"format\":\"int64\"},"
                + "\"example\":7}");
    assertThat(toss.at("/parameters/1/schema/type").asString()).isEqualTo("string");
    assertThat(toss.at("/requestBody/content/application~1json/schema/$ref").asString())
        .isEqualTo("#/components/schemas/Toss");
  }

  @Test
  void keeps_what_the_gateway_spelt_in_its_own_way_together() {
    String generated = GENERATED.replace("/coins/{id}", "/v1/toss_coin/{id}");

    JsonNode toss =
        json(ApiDocument.complete(generated, WRITTEN, "7")).at("/paths/~1v1~1toss_coin~1{id}/post");

    assertThat(toss.get("tags").toString()).isEqualTo("[\"Gateway\"]");
    assertThat(toss.get("operationId").asString()).isEqualTo("postV1TossCoinById");
  }

  @Test
  void leaves_out_what_clients_do_not_see() {
    JsonNode document = json(ApiDocument.complete(GENERATED, WRITTEN, "7"));

    assertThat(document.at("/info/version").asString()).isEqualTo("7");
    assertThat(document.at("/components/schemas").propertyNames())
        .containsExactly("Problem", "Toss");
    assertThat(document.at("/components/schemas/Toss/properties/side").toString())
        .isEqualTo("{\"type\":[\"string\",\"null\"],\"pattern\":\"^(?:heads|tails)$\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tags: [Coins] | deprecated: false | a @Tag of the controller of POST /coins/{id}",
        "summary: Toss a coin | deprecated: false | an @Operation with a summary of POST",
        "'\"200\":' | '\"302\":' | an @ApiResponse for the success of POST /coins/{id}",
        "own_role | own_rule | a problem code of status 409 for the \"own_rule\" of POST",
        "own_role | not_found | a problem code of status 409 for the \"not_found\" of POST",
        "own_role | username_taken | an example of the problem username_taken",
        "name: id | name: it | an example of the parameter it of POST /coins/{id}",
        "TossJson | FlipJson | an example of the schema Flip",
      })
  void says_what_is_missing(String there, String instead, String complaint) {
    assertThatThrownBy(() -> ApiDocument.complete(GENERATED.replace(there, instead), WRITTEN, "7"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(complaint);
  }

  private static JsonNode json(Map<String, Object> document) {
    return JsonMapper.shared().valueToTree(document);
  }
}
