package dev.assay.junit;

import dev.assay.training.ModelWrapper;
import dev.assay.training.TrainingRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every model wrapper must be able to do, as tests: a test class that implements this has them.
 *
 * <pre>{@code
 * class ClassifierTest implements WrapperTest<ClassifierRun> {
 *     public Classifier wrapper() { return new Classifier(); }
 *
 *     public ClassifierRun config() { return … a few small batches, some epochs … }
 * }
 * }</pre>
 *
 * <p>The training of the config is run about a dozen times, so it should take well under a second. Native arrays are counted for the whole
 * process: no other test may use the engine at the same time.
 *
 * @param <C> the run config of the wrapper
 */
public interface WrapperTest<C extends TrainingRun> {

    /** A new wrapper, made for each training. */
    ModelWrapper<C> wrapper();

    /** A small training with everything that is to be tested: two epochs of a few steps, an evaluation in between. */
    C config();

    /** Steps in which one batch must be learned, 100 if not overridden. */
    default int overfitSteps() {
        return 100;
    }

    /** What part of its first loss must be left at most, then; 0.5 if not overridden. */
    default double overfitFraction() {
        return 0.5;
    }

    /** The loss of one batch falls when it is trained on again and again: the gradients reach the weights. */
    @Test
    default void overfitsOneBatch(@TempDir Path folder) throws Exception {
        new Checks<>(this, folder).overfitsOneBatch();
    }

    /** Stopped anywhere and gone on with by another process, the training ends in the same bits. */
    @Test
    default void resumesExactly(@TempDir Path folder) throws Exception {
        new Checks<>(this, folder).resumesExactly();
    }

    /** The same config gives the same bits. */
    @Test
    default void isDeterministic(@TempDir Path folder) throws Exception {
        new Checks<>(this, folder).isDeterministic();
    }

    /** The number of native arrays stays the same from step to step, and none is left at the end. */
    @Test
    default void leaksNoArrays(@TempDir Path folder) throws Exception {
        new Checks<>(this, folder).leaksNoArrays();
    }

    /** Batches have the arrays and shapes that their partitions promise, and the model takes them. */
    @Test
    default void hasTheShapesItDeclares(@TempDir Path folder) throws Exception {
        new Checks<>(this, folder).hasTheShapesItDeclares();
    }
}
