package io.simplebank.adapter.web.http;

import static io.simplebank.adapter.web.WebBank.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.simplebank.adapter.web.Samples;
import io.simplebank.adapter.web.WebBank;
import io.simplebank.domain.account.AccountId;
import io.simplebank.domain.transfer.Decline;
import io.simplebank.domain.transfer.TransferOutcome;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What comes behind the end of a connection is not carried out, because nobody would be told. */
@Timeout(60)
final class LastRequestTest {
  private final WebBank bank = WebBank.fresh();

  @BeforeEach
  void declines_everything() {
    Decline decline = new Decline.SameAccount(new AccountId(3));
    doAnswer(Samples.replyingLater(new TransferOutcome.Declined(decline)))
        .when(bank.transferMoney)
        .transfer(any(), any());
  }

  @ParameterizedTest
  @CsvSource({"HTTP/1.1, Connection: close", "HTTP/1.0, X-Nothing: else"})
  void carries_out_nothing_behind_the_last_request(String version, String header)
      throws IOException {
    String answers =
        answers(
            transfer("HTTP/1.1", "Connection: keep-alive")
                + transfer(version, header)
                + transfer("HTTP/1.1", "Connection: keep-alive")
                + transfer("HTTP/1.1", "Connection: close"));

    assertThat(answers.split("HTTP/1\\.[01] 422", -1)).hasSize(3);
    verify(bank.transferMoney, times(2)).transfer(any(), any());
  }

  @Test
  void carries_out_all_that_comes_before_it() throws IOException {
    String answers =
        answers(
            transfer("HTTP/1.1", "Connection: keep-alive").repeat(3)
                + transfer("HTTP/1.1", "Connection: close"));

    assertThat(answers.split("HTTP/1\\.1 422", -1)).hasSize(5);
    verify(bank.transferMoney, times(4)).transfer(any(), any());
  }

  private String answers(String requests) throws IOException {
    try (Socket socket = bank.connect()) {
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String transfer(String version, String header) {
    String body =
        "{\"from_account_id\": 3, \"to_account_id\": 3, \"amount\": 1, \"currency\": \"EUR\"}";
    return "POST /transfers "
        + version
        + "\r\nHost: x\r\nAuthorization: Bearer "
        + bank.token(ALICE)
        + "\r\n"
        + header
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
