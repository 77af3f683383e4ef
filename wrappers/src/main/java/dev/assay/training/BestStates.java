package dev.assay.training;

import dev.assay.metric.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The steps of the best evaluations so far, by metric; of equal ones the first is the better. */
final class BestStates implements Part {
    private final int kept;
    private final Map<String, Direction> directions;
    private final Map<String, List<State>> states = new LinkedHashMap<>();

    private record State(long step, double value) {}

    /** @param directions of the metrics that are watched, by full name */
    BestStates(Map<String, Direction> directions, int kept) {
        this.directions = directions;
        this.kept = kept;
        directions.keySet().forEach(metric -> states.put(metric, new ArrayList<>()));
    }

    /** Takes note of an evaluation; returns whether its state is among the best by some metric. */
    boolean observe(long step, Map<String, Double> metrics) {
        boolean isAmongBest = false;
        for (Map.Entry<String, Direction> watched : directions.entrySet()) {
            List<State> best = states.getOrDefault(watched.getKey(), List.of());
            best.removeIf(state -> state.step() == step);
            double value = Evaluator.value(watched.getKey(), metrics);
            int rank = rank(best, value, watched.getValue());
            best.add(rank, new State(step, value));
            if (best.size() > kept) {
                best.remove(kept);
            }
            isAmongBest |= rank < kept;
        }
        return isAmongBest;
    }

    private static int rank(List<State> best, double value, Direction direction) {
        int rank = best.size();
        while (rank > 0 && direction.isBetter(value, best.get(rank - 1).value())) {
            rank--;
        }
        return rank;
    }

    /** The step of the best state by a metric; empty before the first evaluation. */
    Optional<Long> best(String metric) {
        return states.getOrDefault(metric, List.of()).stream().map(State::step).findFirst();
    }

    /** Steps of all states that are among the best. */
    Set<Long> steps() {
        Set<Long> steps = new TreeSet<>();
        states.values().forEach(best -> best.forEach(state -> steps.add(state.step())));
        return steps;
    }

    @Override
    public Map<String, Double> numbers() {
        Map<String, Double> numbers = new HashMap<>();
        states.forEach((metric, best) -> {
            for (int i = 0; i < best.size(); i++) {
                numbers.put(i + "/step/" + metric, (double) best.get(i).step());
                numbers.put(i + "/value/" + metric, best.get(i).value());
            }
        });
        return numbers;
    }

    @Override
    public void restore(Map<String, Double> numbers) {
        Map<String, Double> sorted = new TreeMap<>(numbers);
        states.forEach((metric, best) -> {
            best.clear();
            for (int i = 0; sorted.containsKey(i + "/step/" + metric); i++) {
                best.add(new State(
                        sorted.getOrDefault(i + "/step/" + metric, 0.0).longValue(),
                        sorted.getOrDefault(i + "/value/" + metric, Double.NaN)));
            }
        });
    }
}
