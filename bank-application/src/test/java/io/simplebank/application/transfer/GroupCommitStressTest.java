package io.simplebank.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.simplebank.application.transfer.GroupCommit.Attempt;
import io.simplebank.application.transfer.GroupCommit.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many who come at once, a queue that is too short, patience that is too, and a store that fails in
 * every way: each is told the truth about their own request, which was written once or not at all.
 */
@Timeout(120)
final class GroupCommitStressTest {
  private static final int CALLERS = 32;
  private static final int EACH = 400;
  private static final int GROUP = 12;

  /** What a caller was told. */
  private enum Told {
    REPLY,
    REFUSAL,
    FAILURE,
    DOUBT
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void tells_everybody_the_truth_about_what_was_written_once(int writers) throws Exception {
    long seed = new SplittableRandom().nextLong();
    Store store = new Store(writers, seed);
    GroupCommit<Integer, String> groups =
        new GroupCommit<>(
            store::write,
            GroupCommitStressTest::size,
            new Limits(writers, GROUP, 3 * GROUP, Duration.ofMillis(2)),
            group -> {},
            System::nanoTime);

    Map<Integer, Told> told = callAtOnce(groups);
    groups.close();

    assertThat(told).hasSize(CALLERS * EACH);
    assertThat(told.values()).as("seed %d", seed).contains(Told.values());
    assertThat(told)
        .as("seed %d", seed)
        .allSatisfy(
            (request, kind) -> {
              int kept = store.timesKept(request);
              switch (kind) {
                case REPLY -> assertThat(kept).isEqualTo(1);
                case REFUSAL, FAILURE -> assertThat(kept).isZero();
                case DOUBT -> assertThat(kept).isLessThanOrEqualTo(1);
              }
            });
    assertThat(groups.waiting()).as("left behind, seed %d", seed).isZero();
    assertThat(store.faults).as("seed %d", seed).isEmpty();
  }

  /** What became of each request. */
  private static Map<Integer, Told> callAtOnce(GroupCommit<Integer, String> groups)
      throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(CALLERS);
    Map<Integer, Told> told = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> callers = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        int first = caller * EACH;
        callers.add(
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  for (int request = first; request < first + EACH; request++) {
                    told.put(request, told(groups, request));
                  }
                  return null;
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    }
    return told;
  }

  private static Told told(GroupCommit<Integer, String> groups, int request) {
    try {
      String reply = request % 2 == 0 ? groups.post(request) : later(groups, request);
      assertThat(reply).isEqualTo("reply to " + request);
      return Told.REPLY;
    } catch (RejectedExecutionException e) {
      return Told.REFUSAL;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessage("poison in " + request);
      return Told.FAILURE;
    } catch (IllegalStateException e) {
      return Told.DOUBT;
    }
  }

  private static String later(GroupCommit<Integer, String> groups, int request) {
    try {
      return groups.submit(request).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private static int size(int request) {
    return 1 + request % 3;
  }

  private static boolean isPoison(int request) {
    return request % 61 == 0;
  }

  /** Keeps what it is told to, when it does not fail. */
  private static final class Store {
    private final int writers;
    private final SplittableRandom random;
    private final AtomicInteger atWork = new AtomicInteger();
    private final Map<Integer, Integer> kept = new ConcurrentHashMap<>();
    private final Map<String, Boolean> faults = new ConcurrentHashMap<>();

    Store(int writers, long seed) {
      this.writers = writers;
      this.random = new SplittableRandom(seed);
    }

    Attempt<String> write(List<Integer> requests) {
      if (atWork.incrementAndGet() > writers) {
        faults.put("more writers at work than there are", true);
      }
      try {
        int transfers = requests.stream().mapToInt(GroupCommitStressTest::size).sum();
        if (transfers > GROUP) {
          faults.put("a group is too large: " + requests, true);
        }
        return outcome(requests);
      } finally {
        atWork.decrementAndGet();
      }
    }

    private Attempt<String> outcome(List<Integer> requests) {
      List<Integer> poison = requests.stream().filter(GroupCommitStressTest::isPoison).toList();
      if (!poison.isEmpty()) {
        return new Attempt.Undone<>(new IllegalArgumentException("poison in " + poison.getFirst()));
      }
      return switch (nextInt(40)) {
        case 0 -> new Attempt.Refused<>(new RejectedExecutionException("busy"));
        case 1 -> new Attempt.Unknown<>(new IllegalStateException("lost, and not kept"));
        case 2 -> {
          keep(requests);
          yield new Attempt.Unknown<>(new IllegalStateException("lost, and kept"));
        }
        case 3 ->
            requests.size() > 1
                ? new Attempt.Undone<>(new IllegalStateException("rolled back"))
                : keep(requests);
        case 4 -> throw new AssertionError("an error in the writer");
        default -> keep(requests);
      };
    }

    private Attempt<String> keep(List<Integer> requests) {
      requests.forEach(request -> kept.merge(request, 1, Integer::sum));
      return new Attempt.Written<>(
          requests.stream().map(request -> "reply to " + request).collect(Collectors.toList()));
    }

    private synchronized int nextInt(int bound) {
      return random.nextInt(bound);
    }

    int timesKept(int request) {
      return kept.getOrDefault(request, 0);
    }
  }
}
