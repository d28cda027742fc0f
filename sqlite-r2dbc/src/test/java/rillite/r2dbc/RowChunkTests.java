package rillite.r2dbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.r2dbc.TestChunks.untyped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowChunkTests {
    @Test
    void cells_ofEveryStorageClass_areKept() {
        RowChunk chunk = new RowChunk(untyped("n", "i", "r", "t", "s", "b"), 4);
        for (int row = 0; row < 3; row++) {
            chunk.putNull();
            chunk.putLong(Long.MIN_VALUE + row);
            chunk.putDouble(row / 3.0);
            chunk.putText(("bytes " + row).getBytes(UTF_8));
            chunk.putText("string " + row);
            chunk.putBlob(new byte[] {(byte) row});
            chunk.endRow();
        }

        assertThat(chunk.size()).isEqualTo(3);
        for (int row = 0; row < 3; row++) {
            assertThat(chunk.storage(row, 0)).isEqualTo(StorageClass.NULL);
            assertThat(chunk.storage(row, 1)).isEqualTo(StorageClass.INTEGER);
            assertThat(chunk.longAt(row, 1)).isEqualTo(Long.MIN_VALUE + row);
            assertThat(chunk.storage(row, 2)).isEqualTo(StorageClass.REAL);
            assertThat(chunk.doubleAt(row, 2)).isEqualTo(row / 3.0);
            assertThat(chunk.storage(row, 3)).isEqualTo(StorageClass.TEXT);
            assertThat(chunk.textAt(row, 3)).isEqualTo("bytes " + row);
            assertThat(chunk.objectAt(row, 3)).isInstanceOf(byte[].class);
            assertThat(chunk.storage(row, 4)).isEqualTo(StorageClass.TEXT);
            assertThat(chunk.textAt(row, 4)).isEqualTo("string " + row);
            assertThat(chunk.bytesAt(row, 4)).isEqualTo(("string " + row).getBytes(UTF_8));
            assertThat(chunk.storage(row, 5)).isEqualTo(StorageClass.BLOB);
            assertThat(chunk.bytesAt(row, 5)).containsExactly(row);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 64, 65, 1000, 1024})
    void rows_upToTheCapacity_surviveGrowth(int capacity) {
        RowChunk chunk = new RowChunk(untyped("late", "number", "text"), capacity);
        for (int row = 0; row < capacity; row++) {
            assertThat(chunk.isFull()).isFalse();
            if (row < capacity - 1) {
                chunk.putNull();
            } else {
                chunk.putBlob(new byte[0]);
            }
            chunk.putLong(row);
            chunk.putText("t" + row);
            chunk.endRow();
        }

        assertThat(chunk.isFull()).isTrue();
        for (int row = 0; row < capacity; row++) {
            assertThat(chunk.longAt(row, 1)).isEqualTo(row);
            assertThat(chunk.textAt(row, 2)).isEqualTo("t" + row);
        }
        assertThat(chunk.storage(capacity - 1, 0)).isEqualTo(StorageClass.BLOB);
    }

    @Test
    void row_beyondTheCapacity_isRefused() {
        RowChunk chunk = TestChunks.row(untyped("a"), 1L);

        assertThatThrownBy(() -> chunk.putLong(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("chunk is full: 1 rows of 1 columns");
    }

    @Test
    void row_withTooFewOrTooManyCells_isRefused() {
        RowChunk few = new RowChunk(untyped("a", "b"), 8);
        few.putNull();
        RowChunk many = new RowChunk(untyped("a"), 8);
        many.putNull();
        many.putNull();

        assertThatThrownBy(few::endRow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("row 0 got 1 cells, not 2");
        assertThatThrownBy(many::endRow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("row 0 got 2 cells, not 1");
    }

    @Test
    void capacity_belowOne_isRefused() {
        assertThatThrownBy(() -> new RowChunk(untyped("a"), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacityRows must be at least 1, not 0");
    }

    @Test
    void bytes_countCellsAndContent() {
        RowChunk chunk = new RowChunk(untyped("a"), Integer.MAX_VALUE);
        assertThat(chunk.bytes()).isZero();

        chunk.putLong(1);
        chunk.endRow();
        long number = chunk.bytes();
        chunk.putBlob(new byte[1000]);
        chunk.endRow();
        long blob = chunk.bytes() - number;
        chunk.putText("x".repeat(1000));
        chunk.endRow();
        long text = chunk.bytes() - number - blob;

        assertThat(number).isBetween(9L, 16L);
        assertThat(blob).isBetween(1000L, 1050L);
        assertThat(text).isBetween(1000L, 2100L);
    }
}
