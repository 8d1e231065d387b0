package io.simplebank.adapter.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is asked for together, and what becomes of them. */
@Timeout(60)
final class GroupedReadsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final BlockingQueue<Group> groups = new LinkedBlockingQueue<>();

  /** Answers each group when the test lets it. */
  private final GroupedReads<Integer, String> reads = reads(1, LONG);

  @Test
  void asks_at_once_and_alone_while_a_reader_is_free() throws Exception {
    CompletableFuture<String> answer = asked(reads, 1);

    Group group = groups.take();
    assertThat(group.questions()).containsExactly(1);
    group.answer();
    assertThat(answer.get()).isEqualTo("answer 1");
  }

  @Test
  void asks_together_for_all_who_have_come_meanwhile() throws Exception {
    List<CompletableFuture<String>> later = waitingBehindOne();

    Group together = groups.take();
    assertThat(together.questions()).containsExactly(2, 3);
    together.answer();

    assertThat(later.get(0).get()).isEqualTo("answer 2");
    assertThat(later.get(1).get()).isEqualTo("answer 3");
    assertAsksAgain();
  }

  @Test
  void reads_as_many_groups_at_a_time_as_there_are_readers() throws Exception {
    GroupedReads<Integer, String> two = reads(2, LONG);
    CompletableFuture<String> first = asked(two, 1);
    Group one = groups.take();
    CompletableFuture<String> second = asked(two, 2);
    Group other = groups.take();

    other.answer();
    assertThat(second.get()).isEqualTo("answer 2");
    one.answer();
    assertThat(first.get()).isEqualTo("answer 1");
  }

  @Test
  void tells_everybody_of_a_group_that_it_failed_and_goes_on() throws Exception {
    List<CompletableFuture<String>> later = waitingBehindOne();

    groups.take().fail(new IllegalArgumentException("no database"));

    for (CompletableFuture<String> failed : later) {
      assertThatThrownBy(failed::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(IllegalArgumentException.class)
          .hasRootCauseMessage("no database");
    }
    assertAsksAgain();
  }

  @Test
  void asks_nothing_for_whom_it_has_kept_waiting_too_long() throws Exception {
    GroupedReads<Integer, String> impatient = reads(1, Duration.ofMillis(1));
    CompletableFuture<String> first = asked(impatient, 1);
    Group alone = groups.take();

    assertThatThrownBy(asked(impatient, 2)::get)
        .hasCauseInstanceOf(RejectedExecutionException.class);

    alone.answer();
    assertThat(first.get()).isEqualTo("answer 1");
    assertThat(groups).isEmpty();
  }

  /** Two questions, 2 and 3, that came while question 1 was being asked, which is answered now. */
  private List<CompletableFuture<String>> waitingBehindOne() throws Exception {
    CompletableFuture<String> first = asked(reads, 1);
    Group alone = groups.take();
    CompletableFuture<String> second = asked(reads, 2);
    CompletableFuture<String> third = asked(reads, 3);
    assertThat(reads.waiting()).isEqualTo(2);
    alone.answer();
    assertThat(first.get()).isEqualTo("answer 1");
    return List.of(second, third);
  }

  private void assertAsksAgain() throws Exception {
    CompletableFuture<String> next = asked(reads, 9);
    Group group = groups.take();
    assertThat(group.questions()).containsExactly(9);
    group.answer();
    assertThat(next.get()).isEqualTo("answer 9");
  }

  private GroupedReads<Integer, String> reads(int readers, Duration patience) {
    return new GroupedReads<>(
        "reader-",
        questions -> {
          Group group = new Group(questions, new CompletableFuture<>());
          groups.add(group);
          return group.answers().join();
        },
        readers,
        patience);
  }

  private static CompletableFuture<String> asked(
      GroupedReads<Integer, String> reads, int question) {
    return reads.ask(question).toCompletableFuture();
  }

  private record Group(List<Integer> questions, CompletableFuture<List<String>> answers) {
    void answer() {
      answers.complete(questions.stream().map(question -> "answer " + question).toList());
    }

    void fail(RuntimeException failure) {
      answers.completeExceptionally(failure);
    }
  }
}
