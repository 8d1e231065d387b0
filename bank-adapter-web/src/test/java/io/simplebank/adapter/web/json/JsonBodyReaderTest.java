package io.simplebank.adapter.web.json;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.simplebank.adapter.web.Answer;
import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.port.in.TransferMoney;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for an order of money, and what is not. An understood order is declined here. */
final class JsonBodyReaderTest {
  private static final String GOOD =
      "{\"from_account_id\":3,\"to_account_id\":4,\"amount\":1,\"currency\":\"EUR\"}";

  private static final Decline SAME_ACCOUNT = new Decline.SameAccount(new AccountId(3));

  private final WebBank bank = WebBank.fresh();
  private final TransferMoney port = bank.transferMoney;

  @BeforeEach
  void declines_what_it_understands() {
    TransferOutcome declined = new TransferOutcome.Declined(SAME_ACCOUNT);
    when(port.transfer(any(), any())).thenAnswer(Samples.replyingLater(declined));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json;charset=UTF-8",
        "application/json; charset=nonsense",
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/plain; charset=utf-8",
        "application/octet-stream",
        "application/xml",
        "multipart/form-data; boundary=x",
        "nonsense"
      })
  void reads_json_whatever_it_is_called(String contentType) {
    bank.call("POST", "/transfers")
        .as(ALICE)
        .header("Content-Type", contentType)
        .bytes(GOOD.getBytes(StandardCharsets.UTF_8))
        .send()
        .isProblem(422, "same_account");
  }

  @Test
  void reads_json_that_is_called_nothing() {
    bank.call("POST", "/transfers")
        .as(ALICE)
        .bytes(GOOD.getBytes(StandardCharsets.UTF_8))
        .send()
        .isProblem(422, "same_account");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/vnd.api+json",
        "application/x-www-form-urlencoded",
        "text/plain"
      })
  void says_what_is_wrong_with_json_that_is_none(String contentType) {
    bank.call("POST", "/transfers")
        .as(ALICE)
        .header("Content-Type", contentType)
        .bytes("amount=1".getBytes(StandardCharsets.UTF_8))
        .send()
        .isProblem(400, "malformed_json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/xml", "text/csv", "multipart/form-data; boundary=x", "image/png"})
  void says_of_what_is_not_meant_as_json_that_it_should_be(String contentType) {
    bank.call("POST", "/transfers")
        .as(ALICE)
        .header("Content-Type", contentType)
        .bytes("1,2".getBytes(StandardCharsets.UTF_8))
        .send()
        .isProblem(415, "unsupported_media_type");
  }

  @ParameterizedTest
  @MethodSource("understood")
  void ignores_what_it_does_not_know(String body) {
    bank.post(ALICE, "/transfers", body).isProblem(422, "same_account");
  }

  static Stream<String> understood() {
    return Stream.of(
        " \n" + GOOD + "\r\n\t ",
        "\ufeff" + GOOD,
        GOOD.replace("{", "{\"currency_\":\"JPY\",\"x\":{\"amount\":[1.5,null]},"),
        GOOD.replace("{", "{\"x\":" + "[".repeat(500) + "]".repeat(500) + ","),
        GOOD.replace("\"amount\"", "\"\\u0061mount\""));
  }

  @Test
  void refuses_what_it_does_not_know_where_it_is_told_to() {
    try (WebBank strict = WebBank.with(Map.of("bank.refuse-unknown-fields", true))) {
      when(strict.transferMoney.transfer(any(), any()))
          .thenAnswer(Samples.replyingLater(new TransferOutcome.Declined(SAME_ACCOUNT)));

      strict.post(ALICE, "/transfers", GOOD).isProblem(422, "same_account");
      strict
          .post(ALICE, "/transfers", GOOD.replace("{", "{\"Amount\":1,\"\":{},"))
          .isInvalid("Amount", "");
      strict
          .post(ALICE, "/transfers", GOOD.replace("amount", "amuont"))
          .isInvalid("amount", "amuont");
      for (String half : List.of("\\ud83d", "\\udc18", "\\udc18\\ud83d")) {
        strict
            .post(ALICE, "/transfers", GOOD.replace("{", "{\"" + half + "\":null,"))
            .isProblem(400, "malformed_json");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gzip", "x-gzip", "deflate", "br", "zstd", "snappy", "nonsense", "gzip, gzip"})
  void refuses_a_body_that_is_packed(String encoding) throws IOException {
    for (byte[] body :
        List.of(
            packed(GOOD.getBytes(StandardCharsets.UTF_8)), GOOD.getBytes(StandardCharsets.UTF_8))) {
      Answer answer =
          bank.call("POST", "/transfers")
              .as(ALICE)
              .header("Content-Encoding", encoding)
              .bytes(body)
              .send();

      answer.isProblem(415, "unsupported_media_type", "the body must be JSON without any encoding");
      assertThat(answer.header("Accept-Encoding")).contains("identity");
    }
    verifyNoInteractions(port);
  }

  @Test
  void does_not_unpack_a_bomb() throws IOException {
    byte[] bomb = packed(new byte[20 << 20]);
    assertThat(bomb).hasSizeLessThan(1 << 20);

    for (String path : List.of("/users", "/transfers")) {
      bank.call("POST", path)
          .as(ALICE)
          .header("Content-Encoding", "gzip")
          .bytes(bomb)
          .send()
          .isProblem(415, "unsupported_media_type");
    }
  }

  @Test
  void refuses_a_body_that_is_packed_for_the_way() throws IOException {
    String body =
        new String(packed(GOOD.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);

    bank.raw(
            "/users",
            "POST /users HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: gzip,"
                + " chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body))
        .isProblem(415, "unsupported_media_type");
  }

  @Test
  void reads_a_body_that_says_that_it_is_not_packed() {
    bank.call("POST", "/transfers")
        .as(ALICE)
        .header("Content-Encoding", "identity")
        .body(GOOD)
        .send()
        .isProblem(422, "same_account");
  }

  private static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refuses_what_is_no_single_unambiguous_object(String body) {
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> bank.post(ALICE, "/transfers", body).isProblem(400, "malformed_json"));

    verifyNoInteractions(port);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        " ",
        "null",
        "[]",
        "[" + GOOD + "]",
        "\"text\"",
        "7",
        "{",
        GOOD.substring(0, GOOD.length() - 1),
        "{'amount':1}",
        "{amount:1}",
        "/* */" + GOOD,
        GOOD.replace("}", ",}"),
        GOOD.replace(":1", ":01"),
        GOOD.replace(":1", ":+1"),
        GOOD.replace(":1", ":NaN"),
        GOOD.replace(":1", ":0x1"),
        GOOD.replace("EUR", "EU\nR"),
        GOOD + "x",
        GOOD + "}",
        GOOD + GOOD,
        GOOD + ",",
        GOOD.replace("}", ",\"amount\":1}"),
        GOOD.replace("}", ",\"amount\":2}"),
        GOOD.replace("}", ",\"\\u0061mount\":2}"),
        GOOD.replace("}", ",\"x\":{\"y\":1,\"y\":2}}"),
        "[".repeat(5000),
        "{\"x\":".repeat(5000),
        GOOD.replace("}", ",\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"),
        GOOD.replace(":1", ":1" + "0".repeat(5000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "-1E2147483647"})
  void refuses_monstrous_numbers_at_once(String number) {
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> bank.post(ALICE, "/transfers", GOOD.replace(":1", ":" + number)).isInvalid("amount"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u00ff", "\u00c3(", "\u00ed\u00a0\u0080", "\u00f8\u0088\u0080\u0080"})
  void refuses_what_is_not_utf_8(String latin1) {
    Charset bytes = StandardCharsets.ISO_8859_1;

    bank.call("POST", "/transfers")
        .as(ALICE)
        .bytes(GOOD.replace("}", ",\"reference\":\"" + latin1 + "\"}").getBytes(bytes))
        .send()
        .isProblem(400, "malformed_json");

    verifyNoInteractions(port);
  }
}
