package dev.assay.dashboard;

import dev.assay.store.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Looks at how trials stand and tells those who listen what has changed. Thread-safe. */
final class Follower {
    /** Who is so far behind is told to read everything again, which makes up for what was missed. */
    private static final int MOST_WAITING = 16;

    /** That results are to be read again. */
    static final String RESULTS = "event: results\ndata: {}\n\n";

    private final Supplier<List<Standing>> standings;
    private final Set<BlockingQueue<String>> listeners = ConcurrentHashMap.newKeySet();
    private Map<String, Standing> before = new HashMap<>();

    Follower(Supplier<List<Standing>> standings) {
        this.standings = standings;
    }

    BlockingQueue<String> listen() {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(MOST_WAITING);
        listeners.add(queue);
        return queue;
    }

    void leave(BlockingQueue<String> queue) {
        listeners.remove(queue);
    }

    /** Looks once. */
    synchronized void look() {
        Map<String, Standing> now = new HashMap<>();
        ArrayNode changed = JsonMapper.shared().createArrayNode();
        boolean isEnded = false;
        for (Standing standing : standings.get()) {
            Standing old = before.get(standing.hash());
            now.put(standing.hash(), standing);
            if (!standing.equals(old)) {
                isEnded |= old == null || old.state() != standing.state();
                changed.addArray()
                        .add(standing.hash()
                                .substring(0, Math.min(10, standing.hash().length())))
                        .add(standing.state().name().toLowerCase(Locale.ROOT))
                        .add((float) standing.progress());
            }
        }
        boolean isFirst = before.isEmpty();
        before = now;
        if (!isFirst && !changed.isEmpty()) {
            tell("event: standings\ndata: " + changed + "\n\n");
        }
        if (!isFirst && isEnded) {
            tell(RESULTS);
        }
    }

    private void tell(String event) {
        for (BlockingQueue<String> listener : listeners) {
            if (!listener.offer(event)) {
                listener.clear();
                listener.add(RESULTS);
            }
        }
    }
}
