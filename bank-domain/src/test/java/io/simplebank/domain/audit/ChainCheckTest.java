package io.simplebank.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.domain.audit.Finding.BrokenChain;
import io.simplebank.domain.audit.Finding.ChangedEntry;
import io.simplebank.domain.audit.Finding.ChangedResolution;
import io.simplebank.domain.audit.Finding.ChangedTransfer;
import io.simplebank.domain.audit.Finding.MissingBatches;
import io.simplebank.domain.audit.Finding.MissingEntry;
import io.simplebank.domain.audit.Finding.MissingResolution;
import io.simplebank.domain.audit.Finding.MissingTransfer;
import io.simplebank.domain.audit.Finding.UnknownHead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a chain of five batches when somebody lays a hand on it. */
final class ChainCheckTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:15:30.123456Z");
  private static final Orderer ALICE = new Orderer("alice", null, "192.0.2.1", "r", null);

  private final List<SealedBatch> chain = new ArrayList<>();
  private final Map<Long, TransferOnRecord> transfers = new HashMap<>();
  private final Map<Long, EntryOnRecord> entries = new HashMap<>();
  private final Map<Long, ResolutionOnRecord> resolutions = new HashMap<>();
  private ChainHead head = ChainHead.NONE;

  @BeforeEach
  void write_a_chain() {
    add();
    for (long id = 1; id <= 4; id++) {
      transfers.put(id, new TransferOnRecord(id, 3, 4, 5, "rent", AT, null, ALICE));
      entries.put(10 * id, new EntryOnRecord(10 * id, 3, id, -5, -5, AT));
      entries.put(10 * id + 1, new EntryOnRecord(10 * id + 1, 4, id, 5, 5, AT));
      resolutions.put(90 + id, new ResolutionOnRecord(90 + id, "voided", AT, ALICE));
      add(id);
    }
  }

  @Test
  void finds_nothing_wrong_with_what_is_as_it_was_written() {
    assertThat(findings()).isEmpty();
    assertThat(findings(chain.get(2).head())).isEmpty();
    assertThat(findings(head)).isEmpty();
  }

  @Test
  void names_a_transfer_that_was_changed() {
    transfers.put(2L, new TransferOnRecord(2, 3, 4, 5, "loan", AT, null, ALICE));

    assertThat(findings()).containsExactly(new ChangedTransfer(2L, 2L));
  }

  @Test
  void names_a_transfer_that_somebody_else_is_to_have_ordered() {
    Orderer eve = new Orderer("eve", null, "192.0.2.1", "r", null);
    transfers.put(2L, new TransferOnRecord(2, 3, 4, 5, "rent", AT, null, eve));

    assertThat(findings()).containsExactly(new ChangedTransfer(2L, 2L));
  }

  @Test
  void names_an_entry_that_was_changed() {
    entries.put(31L, new EntryOnRecord(31, 4, 3, 6, 6, AT));

    assertThat(findings()).containsExactly(new ChangedEntry(3L, 31L));
  }

  @Test
  void names_a_pending_transfer_of_which_something_else_is_to_have_become() {
    Orderer eve = new Orderer("eve", null, "192.0.2.1", "r", null);
    resolutions.put(92L, new ResolutionOnRecord(92, "expired", AT, ALICE));
    resolutions.put(93L, new ResolutionOnRecord(93, "voided", AT, eve));

    assertThat(findings())
        .containsExactly(new ChangedResolution(2L, 92L), new ChangedResolution(3L, 93L));
  }

  @Test
  void names_what_is_gone() {
    transfers.remove(1L);
    resolutions.remove(92L);
    entries.remove(40L);

    assertThat(findings())
        .containsExactly(
            new MissingTransfer(1L, 1L), new MissingResolution(2L, 92L), new MissingEntry(4L, 40L));
  }

  @Test
  void names_a_batch_that_was_made_to_fit_a_changed_row() {
    entries.put(31L, new EntryOnRecord(31, 4, 3, 6, 6, AT));
    chain.set(3, new SealedBatch(3, content(3), chain.get(3).hash()));

    assertThat(findings()).containsExactly(new BrokenChain(3L));
  }

  @Test
  void names_the_batch_after_one_that_was_made_to_fit_with_its_hash() {
    entries.put(31L, new EntryOnRecord(31, 4, 3, 6, 6, AT));
    chain.set(3, SealedBatch.after(chain.get(2).head(), content(3)));

    assertThat(findings()).containsExactly(new BrokenChain(4L));
  }

  @Test
  void finds_a_chain_that_was_made_to_fit_to_its_end_by_an_end_that_was_noted_down() {
    ChainHead noted = head;
    entries.put(31L, new EntryOnRecord(31, 4, 3, 6, 6, AT));
    chain.set(3, SealedBatch.after(chain.get(2).head(), content(3)));
    chain.set(4, SealedBatch.after(chain.get(3).head(), content(4)));
    head = chain.getLast().head();

    assertThat(findings()).isEmpty();
    assertThat(findings(noted)).containsExactly(new UnknownHead(4L, noted.hash()));
  }

  @Test
  void names_the_first_batch_as_well() {
    chain.set(0, new SealedBatch(0, content(), head.hash()));

    assertThat(findings()).contains(new BrokenChain(0L));
  }

  @Test
  void names_batches_that_are_gone_from_the_middle_and_from_both_ends() {
    chain.subList(2, 4).clear();
    assertThat(findings()).containsExactly(new MissingBatches(2L, 3));
    chain.removeFirst();
    assertThat(findings()).containsExactly(new MissingBatches(0L, 0), new MissingBatches(2L, 3));
    chain.removeLast();
    assertThat(findings()).containsExactly(new MissingBatches(0L, 0), new MissingBatches(2L, 4));
  }

  @Test
  void tells_of_a_chain_that_is_gone_as_a_whole() {
    chain.clear();
    head = ChainHead.NONE;

    assertThat(findings()).containsExactly(new MissingBatches(0L, 0));
  }

  @Test
  void misses_a_tail_that_was_cut_off_unless_its_end_was_noted_down() {
    ChainHead noted = head;
    chain.removeLast();
    head = chain.getLast().head();

    assertThat(findings()).isEmpty();
    assertThat(findings(noted)).containsExactly(new UnknownHead(4L, noted.hash()));
  }

  private List<Finding> findings() {
    return findings(null);
  }

  private List<Finding> findings(@Nullable ChainHead expected) {
    Findings findings = new Findings();
    ChainCheck check = new ChainCheck(expected, findings);
    chain.forEach(batch -> check.next(new BatchOnRecord(batch, transfers, entries, resolutions)));
    check.end(head);
    return findings.shown();
  }

  private void add(long... ids) {
    SealedBatch next = SealedBatch.after(head, content(ids));
    chain.add(next);
    head = next.head();
  }

  private BatchContent content(long... ids) {
    List<Seal> ofTransfers = new ArrayList<>();
    List<Seal> ofEntries = new ArrayList<>();
    List<Seal> ofResolutions = new ArrayList<>();
    for (long id : ids) {
      ofTransfers.add(new Seal(id, present(transfers, id).digest()));
      for (long entry : new long[] {10 * id, 10 * id + 1}) {
        ofEntries.add(new Seal(entry, present(entries, entry).digest()));
      }
      ofResolutions.add(new Seal(90 + id, present(resolutions, 90 + id).digest()));
    }
    UUID key = new UUID(0, ids.length == 0 ? 0 : ids[0]);
    return new BatchContent(key, AT, ofTransfers, ofEntries, ofResolutions);
  }

  private static <R> R present(Map<Long, R> rows, long id) {
    R row = rows.get(id);
    if (row == null) {
      throw new AssertionError("no row " + id);
    }
    return row;
  }
}
