package dev.assay.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.Parser;

/** A YAML parser that stops at deep nesting, since whatever builds a tree from it calls itself for each level. It notes where aliases stand. */
final class DepthLimit implements Parser {
    static final int DEEPEST = 64;

    private final Parser parser;
    private final List<Mark> aliases = new ArrayList<>();
    private int depth;

    DepthLimit(Parser parser) {
        this.parser = parser;
    }

    /** The text is nested too deep. */
    static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Mark> mark;

        TooDeepException(Optional<Mark> mark) {
            this.mark = mark;
        }

        Optional<Mark> mark() {
            return mark;
        }
    }

    /** Where the aliases stand that were read so far. */
    List<Mark> aliases() {
        return List.copyOf(aliases);
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        Event.ID id = event.getEventId();
        if (id == Event.ID.Alias) {
            event.getStartMark().ifPresent(aliases::add);
        }
        if (id == Event.ID.MappingStart || id == Event.ID.SequenceStart) {
            depth++;
            if (depth > DEEPEST) {
                throw new TooDeepException(event.getStartMark());
            }
        } else if (id == Event.ID.MappingEnd || id == Event.ID.SequenceEnd) {
            depth--;
        }
        return event;
    }
}
