package dev.assay.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends logs to standard error: warnings of libraries and what Assay and the application say of interest. An application with a
 * {@code logback.xml} of its own keeps that.
 */
final class Logging {
    private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n";

    private Logging() {}

    static void configure() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context) || isConfiguredByApplication()) {
            return;
        }
        context.reset();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.INFO);
        context.getLogger("org.hibernate").setLevel(Level.WARN);
        context.getLogger("org.jboss").setLevel(Level.WARN);
        context.getLogger("ai.djl").setLevel(Level.WARN);
        // What it tells of a connection that fails, the message about it tells too.
        context.getLogger("com.github.dockerjava").setLevel(Level.WARN);
        // Warns of the one expression that is filled in after it.
        context.getLogger("org.hibernate.validator.messageinterpolation").setLevel(Level.ERROR);
        // Says on every machine without a GPU that there is none.
        context.getLogger("ai.djl.util.cuda").setLevel(Level.ERROR);
    }

    private static boolean isConfiguredByApplication() {
        return System.getProperty("logback.configurationFile") != null
                || Logging.class.getClassLoader().getResource("logback.xml") != null;
    }
}
