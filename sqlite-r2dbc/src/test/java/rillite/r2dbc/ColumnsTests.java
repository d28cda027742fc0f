package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rillite.r2dbc.TestChunks.untyped;

import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ColumnsTests {
    @Test
    void indexOf_anyCase_findsTheColumn() {
        Columns columns = untyped("id", "userName", "ÉTAT");

        assertThat(columns.indexOf("id")).isZero();
        assertThat(columns.indexOf("ID")).isZero();
        assertThat(columns.indexOf("username")).isEqualTo(1);
        assertThat(columns.indexOf("USERNAME")).isEqualTo(1);
        assertThat(columns.indexOf("état")).isEqualTo(2);
        assertThat(columns.contains("Username")).isTrue();
        assertThat(columns.contains("user_name")).isFalse();
    }

    @Test
    void indexOf_duplicateNames_firstWinsWhateverTheCase() {
        Columns columns = untyped("Value", "value", "VALUE", "other");

        assertThat(columns.indexOf("value")).isZero();
        assertThat(columns.indexOf("Value")).isZero();
        assertThat(columns.indexOf("VALUE")).isZero();
        assertThat(columns.indexOf("vaLue")).isZero();
        assertThat(columns.indexOf("other")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 32, 33, 2000})
    void indexOf_anyWidth_findsEveryColumn(int width) {
        Columns columns =
                untyped(IntStream.range(0, width).mapToObj(i -> "Column" + i).toArray(String[]::new));

        for (int i = 0; i < width; i++) {
            assertThat(columns.indexOf("Column" + i)).isEqualTo(i);
            assertThat(columns.indexOf("cOLUMN" + i)).isEqualTo(i);
        }
        assertThat(columns.contains("Column" + width)).isFalse();
        assertThat(columns.contains("")).isFalse();
    }

    @Test
    void indexOf_typingError_namesTheNearest() {
        Columns columns = untyped("id", "e_mail", "name");

        assertThatThrownBy(() -> columns.indexOf("emial"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("Unknown column \"emial\". Did you mean e_mail? Columns: id, e_mail, name.");
    }

    @Test
    void indexOf_nothingNear_listsTheColumns() {
        String[] names = IntStream.range(0, 25).mapToObj(i -> "c" + i).toArray(String[]::new);

        assertThatThrownBy(() -> untyped("id", "name").indexOf("temperature"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("Unknown column \"temperature\". Columns: id, name.");
        assertThatThrownBy(() -> untyped(names).indexOf("temperature")).hasMessageEndingWith("c18, c19 and 5 more.");
    }

    @Test
    void indexOf_null_isRefused() {
        assertThatThrownBy(() -> untyped("id").indexOf(null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("name must not be null");
    }

    @Test
    void check_outOfRange_namesTheRange() {
        assertThat(untyped("a", "b").check(1)).isEqualTo(1);
        assertThatThrownBy(() -> untyped("a", "b").check(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Column index 2 is out of range: the row has 2 columns, 0 to 1");
        assertThatThrownBy(() -> untyped("a").check(-1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Column index -1 is out of range: the row has 1 column, index 0");
    }

    @Test
    void columns_differentLengths_areRefused() {
        assertThatThrownBy(() -> new Columns(new String[2], new String[1], new String[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("names, declared types and tables differ in length: 2, 1, 2");
    }

    @Test
    void columns_arraysChangedLater_keepTheirShape() {
        String[] names = {"a"};
        Columns columns = new Columns(names, new String[] {"INTEGER"}, new String[] {"t"});
        names[0] = "b";

        assertThat(columns.name(0)).isEqualTo("a");
        assertThat(columns.table(0)).isEqualTo("t");
        assertThat(columns).hasToString("Columns[a]");
    }
}
