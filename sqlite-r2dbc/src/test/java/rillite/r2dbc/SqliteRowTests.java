package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Row;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class SqliteRowTests {
    private final Columns columns =
            new Columns(new String[] {"id", "name"}, new String[] {"INTEGER", "TEXT"}, new String[] {"t", "t"});
    private final RowChunk chunk = new RowChunk(columns, 2);
    private final Codecs codecs = new Codecs(CodecOptions.DEFAULTS);

    SqliteRowTests() {
        for (int i = 1; i <= 2; i++) {
            chunk.putLong(i);
            chunk.putText("name " + i);
            chunk.endRow();
        }
    }

    @Test
    void get_byIndexAndName_readsItsOwnRow() {
        Row second = new SqliteRow(chunk, 1, codecs);

        assertThat(second.get(0)).isEqualTo(2);
        assertThat(second.get("ID")).isEqualTo(2);
        assertThat(second.get(0, Long.class)).isEqualTo(2L);
        assertThat(second.get("Name", String.class)).isEqualTo("name 2");
        assertThat(second.get("id", long.class)).isEqualTo(2L);
    }

    @Test
    void get_outsideTheRow_neverReadsTheNextOne() {
        Row first = new SqliteRow(chunk, 0, codecs);

        assertThatThrownBy(() -> first.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> first.get(2, Long.class)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> first.get(-1, Long.class)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> first.get("nam", String.class))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("Did you mean name");
    }

    @Test
    void get_nullArguments_areRefused() {
        Row row = new SqliteRow(chunk, 0, codecs);

        assertThatThrownBy(() -> row.get((String) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name must not be null");
        assertThatThrownBy(() -> row.get(0, (Class<?>) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("type must not be null");
    }

    @Test
    void metadata_isSharedByTheRows_andTextsShowNoValue() {
        Row first = new SqliteRow(chunk, 0, codecs);

        assertThat(first.getMetadata()).isSameAs(new SqliteRow(chunk, 1, codecs).getMetadata());
        assertThat(first).hasToString("SqliteRow[0 of 2]");
    }
}
