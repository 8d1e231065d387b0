package io.simplebank.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The bytes that are hashed, written out by hand. They may never change: with them every hash on
 * record would.
 */
final class CanonicalFormTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:15:30.123456Z");

  /** The microseconds from 1970 to then. */
  private static final String AT_IN_HEX = "00064bf3bff856c0";

  private static final UUID SESSION = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");
  private static final Orderer ALICE = new Orderer("alice", SESSION, "192.0.2.1", "r-1", "k-1");
  private static final TransferOnRecord TRANSFER =
      new TransferOnRecord(7, 3, 4, 500, "für Bob", AT, 6L, ALICE);
  private static final EntryOnRecord ENTRY = new EntryOnRecord(13, 3, 7, -500, -1, AT);
  private static final ResolutionOnRecord RESOLUTION =
      new ResolutionOnRecord(5, "voided", AT, ALICE);

  @Test
  void is_of_a_transfer_all_that_is_on_record_of_it() {
    assertThat(TRANSFER.digest())
        .isEqualTo(
            sha256(
                "01 54"
                    + field(1, "0000000000000007")
                    + field(2, "0000000000000003")
                    + field(3, "0000000000000004")
                    + field(4, "00000000000001f4")
                    + field(5, text("für Bob"))
                    + field(6, AT_IN_HEX)
                    + field(7, "0000000000000006")
                    + field(8, text("alice"))
                    + field(9, "0123456789abcdef0123456789abcdef")
                    + field(10, text("192.0.2.1"))
                    + field(11, text("r-1"))
                    + field(12, text("k-1"))));
  }

  @Test
  void is_of_a_transfer_what_it_has_to_do_with_a_pending_one_as_well() {
    assertThat(new TransferOnRecord(7, 3, 4, 500, null, AT, null, 5L, AT, Orderer.NOBODY).digest())
        .isEqualTo(
            sha256(
                "01 54"
                    + field(1, "0000000000000007")
                    + field(2, "0000000000000003")
                    + field(3, "0000000000000004")
                    + field(4, "00000000000001f4")
                    + field(6, AT_IN_HEX)
                    + field(13, "0000000000000005")
                    + field(14, AT_IN_HEX)));
  }

  @Test
  void leaves_out_what_was_not_said() {
    assertThat(new TransferOnRecord(7, 3, 4, 500, null, AT, null, Orderer.NOBODY).digest())
        .isEqualTo(
            sha256(
                "01 54"
                    + field(1, "0000000000000007")
                    + field(2, "0000000000000003")
                    + field(3, "0000000000000004")
                    + field(4, "00000000000001f4")
                    + field(6, AT_IN_HEX)));
  }

  @Test
  void is_of_an_entry_all_that_is_on_record_of_it() {
    assertThat(ENTRY.digest())
        .isEqualTo(
            sha256(
                "01 45"
                    + field(1, "000000000000000d")
                    + field(2, "0000000000000003")
                    + field(3, "0000000000000007")
                    + field(4, "fffffffffffffe0c")
                    + field(5, "ffffffffffffffff")
                    + field(6, AT_IN_HEX)));
  }

  @Test
  void is_of_what_became_of_a_pending_transfer_all_that_is_on_record_of_it() {
    assertThat(RESOLUTION.digest())
        .isEqualTo(
            sha256(
                "01 52"
                    + field(1, "0000000000000005")
                    + field(2, text("voided"))
                    + field(3, AT_IN_HEX)
                    + field(4, text("alice"))
                    + field(5, "0123456789abcdef0123456789abcdef")
                    + field(6, text("192.0.2.1"))
                    + field(7, text("r-1"))
                    + field(8, text("k-1"))));
    assertThat(new ResolutionOnRecord(5, "expired", AT, Orderer.NOBODY).digest())
        .isEqualTo(
            sha256(
                "01 52"
                    + field(1, "0000000000000005")
                    + field(2, text("expired"))
                    + field(3, AT_IN_HEX)));
  }

  @Test
  void is_of_a_batch_its_key_its_time_and_the_seals_of_its_rows() {
    BatchContent content =
        new BatchContent(
            SESSION,
            AT,
            List.of(new Seal(7, TRANSFER.digest())),
            List.of(new Seal(13, ENTRY.digest()), new Seal(14, Digest.NONE)),
            List.of(new Seal(5, RESOLUTION.digest())));

    Digest digest =
        sha256(
            "01 42"
                + field(1, "0123456789abcdef0123456789abcdef")
                + field(2, AT_IN_HEX)
                + field(3, "0000000000000007" + TRANSFER.digest().hex())
                + field(4, "000000000000000d" + ENTRY.digest().hex() + "000000000000000e" + zeros())
                + field(5, "0000000000000005" + RESOLUTION.digest().hex()));
    assertThat(content.digest()).isEqualTo(digest);
    ChainHead before = new ChainHead(8, ENTRY.digest());
    assertThat(SealedBatch.after(before, content).head())
        .isEqualTo(
            new ChainHead(9, sha256(before.hash().hex() + "0000000000000009" + digest.hex())));
  }

  @Test
  void says_nothing_of_rows_that_a_batch_has_not() {
    assertThat(new BatchContent(SESSION, AT, List.of(), List.of(), List.of()).digest())
        .isEqualTo(
            sha256("01 42" + field(1, "0123456789abcdef0123456789abcdef") + field(2, AT_IN_HEX)));
  }

  @Test
  void differs_with_every_field() {
    List<TransferOnRecord> others =
        List.of(
            TRANSFER,
            new TransferOnRecord(8, 3, 4, 500, "für Bob", AT, 6L, ALICE),
            new TransferOnRecord(7, 4, 4, 500, "für Bob", AT, 6L, ALICE),
            new TransferOnRecord(7, 3, 3, 500, "für Bob", AT, 6L, ALICE),
            new TransferOnRecord(7, 3, 4, 501, "für Bob", AT, 6L, ALICE),
            new TransferOnRecord(7, 3, 4, 500, "für Eve", AT, 6L, ALICE),
            new TransferOnRecord(7, 3, 4, 500, "für Bob", AT.plusNanos(1000), 6L, ALICE),
            new TransferOnRecord(7, 3, 4, 500, "für Bob", AT, null, ALICE),
            new TransferOnRecord(7, 3, 4, 500, "für Bob", AT, 6L, 5L, null, ALICE),
            new TransferOnRecord(7, 3, 4, 500, "für Bob", AT, 6L, null, AT, ALICE),
            by(new Orderer("bob", SESSION, "192.0.2.1", "r-1", "k-1")),
            by(new Orderer("alice", null, "192.0.2.1", "r-1", "k-1")),
            by(new Orderer("alice", SESSION, "192.0.2.2", "r-1", "k-1")),
            by(new Orderer("alice", SESSION, "192.0.2.1", "", "k-1")),
            by(new Orderer("alice", SESSION, "192.0.2.1", "r-1", null)),
            // Nothing moves over from one text to the next.
            by(new Orderer("alice", SESSION, "192.0.2.1r", "-1", "k-1")));
    Set<Digest> digests = new HashSet<>();
    others.forEach(other -> digests.add(other.digest()));
    assertThat(digests).hasSameSizeAs(others);
  }

  @Test
  void takes_any_time_that_somebody_may_have_put_into_a_table() {
    for (Instant time : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX)) {
      assertThat(new EntryOnRecord(13, 3, 7, -500, -1, time).digest()).isNotEqualTo(ENTRY.digest());
    }
  }

  private static TransferOnRecord by(Orderer orderer) {
    return new TransferOnRecord(7, 3, 4, 500, "für Bob", AT, 6L, orderer);
  }

  private static String field(int number, String hex) {
    return "%02x%08x%s".formatted(number, hex.length() / 2, hex);
  }

  private static String text(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String zeros() {
    return "00".repeat(Digest.BYTES);
  }

  private static Digest sha256(String hex) {
    return Digest.of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
