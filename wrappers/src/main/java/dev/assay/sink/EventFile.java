package dev.assay.sink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event files: records as TensorFlow's {@code record_writer.h} frames them, each an {@code Event} of {@code event.proto}. A
 * training that goes on begins another file, which tells a TensorBoard that looks on to forget what came after.
 */
final class EventFile implements Format {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;

    /** Fields of {@code Event}. */
    private static final int WALL_TIME = 1;

    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;

    /** Fields of {@code Summary} and {@code Summary.Value}. */
    private static final int VALUE = 1;

    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    /** Of {@code SessionLog}: everything from the event's step on is taken back. */
    private static final int STATUS = 1;

    private static final int START = 1;

    private final InstantSource clock;

    EventFile(InstantSource clock) {
        this.clock = clock;
    }

    /** TensorBoard reads a folder's files in the order of their names, so the later one gets the later time whatever the clock says. */
    @Override
    public String fileName(List<String> others) {
        long time = clock.millis() / 1000;
        for (String other : others) {
            String digits = other.substring(Sink.TENSORBOARD.file().length()).replaceAll("\\D.*", "");
            time = Math.max(time, digits.isEmpty() ? 0 : Long.parseLong(digits) + 1);
        }
        return Sink.TENSORBOARD.file() + String.format("%010d", time) + ".assay";
    }

    @Override
    public byte[] beginning(OptionalLong lastStep) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(record(event(0).text(FILE_VERSION, VERSION)));
        lastStep.ifPresent(step ->
                out.writeBytes(record(event(step + 1).message(SESSION_LOG, new Protobuf().number(STATUS, START)))));
        return out.toByteArray();
    }

    @Override
    public byte[] bytes(List<Recorded> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        values.forEach(value -> out.writeBytes(record(event(value.step()).message(SUMMARY, summary(value)))));
        return out.toByteArray();
    }

    private static Protobuf summary(Recorded value) {
        // What stands before the slash is a group of charts.
        String tag = value.name().replaceFirst("\\.", "/");
        return new Protobuf().message(VALUE, new Protobuf().text(TAG, tag).single(SIMPLE_VALUE, (float) value.value()));
    }

    private Protobuf event(long step) {
        return new Protobuf().real(WALL_TIME, clock.millis() / 1e3).number(STEP, step);
    }

    private static byte[] record(Protobuf event) {
        byte[] data = event.bytes();
        ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedChecksum(record.array(), 8));
        return record.put(data).putInt(maskedChecksum(data, data.length)).array();
    }

    private static int maskedChecksum(byte[] bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
    }
}
