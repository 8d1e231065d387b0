package io.simplebank.adapter.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.adapter.web.WebBank;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageCursorsTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String LIST = "entries of 3";

  private final PageCursors cursors = cursors(SECRET);

  @ParameterizedTest
  @ValueSource(longs = {1, 13, Long.MAX_VALUE})
  void reads_what_it_has_written(long id) {
    String cursor = cursors.write(id, LIST);

    assertThat(cursor).matches(PageCursors.PATTERN);
    assertThat(cursors.read(cursor, LIST)).hasValue(id);
  }

  @Test
  void reads_what_another_replica_has_written() {
    String cursor = cursors(SECRET).write(13, LIST);

    assertThat(cursors.read(cursor, LIST)).hasValue(13);
  }

  @Test
  void writes_what_every_version_of_the_bank_reads() {
    // Clients may hold a cursor through an upgrade: another form needs another version byte.
    try (WebBank bank = WebBank.with(Map.of("bank.jwt-secret", SECRET))) {
      assertThat(bank.bean(PageCursors.class).write(13, LIST))
          .isEqualTo("AQAAAAAAAAANCjIxN0yrF1bgjVL8GsFHx-px");
    }
  }

  @Test
  void notices_every_changed_character() {
    String cursor = cursors.write(13, LIST);

    for (int i = 0; i < cursor.length(); i++) {
      for (char other : "AQgw_-09".toCharArray()) {
        String changed = cursor.substring(0, i) + other + cursor.substring(i + 1);
        if (!changed.equals(cursor)) {
          assertThat(cursors.read(changed, LIST)).as(changed).isEmpty();
        }
      }
    }
  }

  @Test
  void notices_a_cursor_of_another_list() {
    String cursor = cursors.write(13, LIST);

    assertThat(cursors.read(cursor, "entries of 4")).isEmpty();
    assertThat(cursors.read(cursor, "")).isEmpty();
  }

  @Test
  void notices_a_cursor_that_was_sealed_with_another_secret() {
    String cursor = cursors(SECRET + "0").write(13, LIST);

    assertThat(cursors.read(cursor, LIST)).isEmpty();
  }

  @Test
  void notices_a_seal_that_is_none() {
    byte[] unsealed = ByteBuffer.allocate(27).put((byte) 1).putLong(13).array();

    assertThat(cursors.read(Base64.getUrlEncoder().encodeToString(unsealed), LIST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "13", "AAAAAAAAAA0", "?", "\n"})
  void notices_what_is_no_cursor(String text) {
    assertThat(cursors.read(text, LIST)).isEqualTo(OptionalLong.empty());
    assertThat(cursors.read(cursors.write(13, LIST) + text + "A", LIST)).isEmpty();
    assertThat(cursors.read(cursors.write(13, LIST) + "\n", LIST)).isEmpty();
  }

  private static PageCursors cursors(String secret) {
    return new PageCursors(
        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
  }
}
