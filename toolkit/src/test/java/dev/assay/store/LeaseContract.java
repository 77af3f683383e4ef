package dev.assay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may work on a trial, and what becomes of those whose worker is lost, fails or is told to stop. */
abstract class LeaseContract extends StoreContract {
    @Test
    @Tag("R9")
    void lease_leasesInOrderOfThePlanAndEachOnce() {
        store.put(experiment("a"), List.of(trial(2), trial(1)));

        assertThat(store.lease("a", "w1", TEN_SECONDS))
                .map(l -> l.trial().hash())
                .contains("trial2");
        assertThat(store.lease("a", "w2", TEN_SECONDS))
                .map(l -> l.trial().hash())
                .contains("trial1");
        assertThat(store.lease("a", "w3", TEN_SECONDS)).isEmpty();
    }

    @Test
    @Tag("R9")
    void write_afterTheTrialWentToAnother_writesNothing() {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lost = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.endOrphan("w1", failed("killed"));
        store.requeue("a");
        Lease held = store.lease("a", "w2", TEN_SECONDS).orElseThrow();

        assertThat(store.write(lost, 1, List.of(new MetricPoint("m", 1, 1, 1, 1)), TEN_SECONDS))
                .isEqualTo(LeaseStatus.LOST);
        assertThat(store.rewind(lost, -1)).isFalse();
        assertThat(store.resolve(lost, lost.trial().config())).isFalse();
        assertThat(store.finish(lost, Ending.completed(Map.of(), Optional.empty())))
                .isFalse();
        assertThat(store.series("trial1")).isEmpty();
        assertThat(held.attempt()).isEqualTo(2);
        assertThat(store.finish(held, Ending.completed(Map.of(), Optional.empty())))
                .isTrue();
    }

    @Test
    @Tag("R9")
    void reclaimExpired_leaseOfAVanishedWorker_isQueuedAgain() {
        store.put(experiment("a"), List.of(trial(1)));
        store.lease("a", "w1", TEN_SECONDS);

        assertThat(store.reclaimExpired()).isEmpty();
        assertThat(eleven().reclaimExpired()).containsExactly("w1");
        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.state()).isEqualTo(TrialState.QUEUED);
        assertThat(trial.cause())
                .hasValueSatisfying(
                        cause -> assertThat(cause).startsWith("The worker (w1) gave no sign of life any more."));
    }

    @Test
    @Tag("P7")
    void reclaimExpired_trialThatLosesOneWorkerAfterAnother_isAbandonedUntilAskedForAgain() {
        store.put(experiment("a"), List.of(trial(1)));
        for (int i = 1; i <= TrialStore.MOST_LOSSES; i++) {
            assertThat(store.lease("a", "w" + i, TEN_SECONDS)).isPresent();
            assertThat(eleven().reclaimExpired()).containsExactly("w" + i);
        }

        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.state()).isEqualTo(TrialState.ABANDONED);
        assertThat(trial.cause())
                .hasValueSatisfying(cause -> assertThat(cause)
                        .startsWith(
                                "Given up after 3 workers were lost with it. The last: The worker (w3) gave no sign"));
        assertThat(trial.failure()).contains(Failure.of(FailureKind.LOST));
        assertThat(store.lease("a", "w4", TEN_SECONDS)).isEmpty();
        assertThat(store.requeue("a")).isEqualTo(1);
        store.lease("a", "w5", TEN_SECONDS);
        eleven().reclaimExpired();
        assertThat(store.trialsOf("a").get(0).state()).isEqualTo(TrialState.QUEUED);
    }

    /** The store as it is found after that many seconds, from a process of another's. */
    private TrialStore eleven() {
        later.add(SqlTrialStore.open(address, Duration.ofSeconds(11)));
        return later.get(later.size() - 1);
    }

    @Test
    @Tag("P7")
    void endOrphan_killedFromOutside_isQueuedAgain_otherFailuresStay() {
        store.put(experiment("a"), List.of(trial(1), trial(2)));
        store.lease("a", "w1", TEN_SECONDS);
        store.lease("a", "w2", TEN_SECONDS);

        store.endOrphan("w1", Ending.failed(Failure.of(FailureKind.KILLED), "killed"));
        store.endOrphan("w2", Ending.failed(Failure.of(FailureKind.OUT_OF_MEMORY), "no memory"));

        assertThat(store.trialsOf("a"))
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.QUEUED, TrialState.FAILED);
        store.lease("a", "w3", TEN_SECONDS);
        assertThat(store.attempts("trial1"))
                .extracting(Attempt::number, Attempt::worker, Attempt::state, Attempt::failure, Attempt::cause)
                .containsExactly(
                        tuple(
                                1,
                                "w1",
                                Optional.of(TrialState.QUEUED),
                                Optional.of(FailureKind.KILLED),
                                Optional.of("killed")),
                        tuple(2, "w3", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    @Tag("P6")
    void cancel_queuedTrialIsInterrupted_runningOneIsToldToStop() {
        store.put(experiment("a"), List.of(trial(1), trial(2), trial(3)));
        Lease running = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        store.finish(store.lease("a", "w2", TEN_SECONDS).orElseThrow(), Ending.completed(Map.of(), Optional.empty()));

        assertThat(store.cancel(List.of("trial1", "trial2", "trial3"))).containsExactlyInAnyOrder("trial1", "trial3");

        assertThat(store.write(running, 0.5, List.of(), TEN_SECONDS)).isEqualTo(LeaseStatus.CANCELLED);
        store.finish(running, Ending.without(TrialState.INTERRUPTED, "Cancelled."));
        assertThat(store.trialsOf("a"))
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.INTERRUPTED, TrialState.COMPLETED, TrialState.INTERRUPTED);
        assertThat(store.requeue(List.of("trial1"))).containsExactly("trial1");
        Lease again = store.lease("a", "w3", TEN_SECONDS).orElseThrow();
        assertThat(store.write(again, 0.5, List.of(), TEN_SECONDS)).isEqualTo(LeaseStatus.HELD);
    }

    @Test
    @Tag("P6")
    void reclaimExpired_cancelledTrial_isNotQueuedAgain() {
        store.put(experiment("a"), List.of(trial(1)));
        store.lease("a", "w1", TEN_SECONDS);
        store.cancel(List.of("trial1"));

        eleven().reclaimExpired();

        assertThat(store.trialsOf("a").get(0).state()).isEqualTo(TrialState.INTERRUPTED);
    }

    @Test
    @Tag("R9")
    void finish_failedTrial_keepsWhatWasThrown() {
        store.put(experiment("a"), List.of(trial(1)));
        Lease lease = store.lease("a", "w1", TEN_SECONDS).orElseThrow();
        Failure failure = Failure.of(new IllegalStateException("no \0 such thing"));

        store.finish(lease, Ending.failed(failure, "no \0 such thing").withLastLog("\0"));

        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.cause()).contains("no \ufffd such thing");
        assertThat(trial.lastLog()).contains("\ufffd");
        assertThat(trial.failure()).hasValueSatisfying(found -> {
            assertThat(found.isLike(failure)).isTrue();
            assertThat(found.errorClass()).contains("java.lang.IllegalStateException");
            assertThat(found.stack().orElseThrow()).contains("finish_failedTrial_keepsWhatWasThrown");
        });
    }

    @Test
    @Tag("R9")
    void endOrphan_failedTrial_keepsCauseAndLastLog() {
        store.put(experiment("a"), List.of(trial(1)));
        store.lease("a", "w1", TEN_SECONDS);

        store.endOrphan("w1", failed("killed by signal 9").withLastLog("line 1\nline 2"));

        TrialRecord trial = store.trialsOf("a").get(0);
        assertThat(trial.state()).isEqualTo(TrialState.FAILED);
        assertThat(trial.cause()).contains("killed by signal 9");
        assertThat(trial.lastLog()).contains("line 1\nline 2");
        assertThat(store.endOrphan("w1", failed("again"))).isEmpty();
    }

    @Test
    @Tag("R7")
    void requeue_leavesCompletedTrialsAlone_forceDoesNot() {
        store.put(experiment("a"), List.of(trial(1), trial(2)));
        store.finish(
                store.lease("a", "w", TEN_SECONDS).orElseThrow(), Ending.completed(Map.of("m", 1.0), Optional.empty()));
        store.finish(store.lease("a", "w", TEN_SECONDS).orElseThrow(), failed("no memory"));

        assertThat(store.requeue("a")).isEqualTo(1);
        assertThat(store.trialsOf("a"))
                .extracting(TrialRecord::state)
                .containsExactly(TrialState.COMPLETED, TrialState.QUEUED);
        assertThat(store.force("a")).containsExactly("trial1");
        assertThat(store.trialsOf("a")).extracting(TrialRecord::state).containsOnly(TrialState.QUEUED);
    }

    @Test
    @Tag("R3")
    void manyStoresAtOnce_everyTrialIsLeasedExactlyOnce() throws Exception {
        List<TrialSpec> trials =
                IntStream.range(0, 40).mapToObj(StoreContract::trial).toList();
        Set<String> leased = ConcurrentHashMap.newKeySet();
        var pool = Executors.newFixedThreadPool(8);

        List<Future<Integer>> counts = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            String name = "w" + worker;
            counts.add(pool.submit(() -> {
                int mine = 0;
                try (TrialStore own = TrialStore.open(address)) {
                    own.put(experiment("a"), trials);
                    for (var lease = own.lease("a", name, TEN_SECONDS); lease.isPresent(); mine++) {
                        leased.add(lease.get().trial().hash());
                        own.write(lease.get(), 1, List.of(new MetricPoint("m", 1, 1, 1, 1)), TEN_SECONDS);
                        own.finish(lease.get(), Ending.completed(Map.of("m", 1.0), Optional.empty()));
                        lease = own.lease("a", name, TEN_SECONDS);
                    }
                }
                return mine;
            }));
        }
        int total = 0;
        for (Future<Integer> count : counts) {
            total += count.get();
        }
        pool.shutdown();

        assertThat(total).isEqualTo(40);
        assertThat(leased).hasSize(40);
    }
}
