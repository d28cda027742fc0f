package rillite.querysets.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlaceholderTests extends MigrationCase {

    @Test
    void values_arePutIn_andDollarsEscapeThem() {
        write("0001_a.sql", "CREATE TABLE ${prefix}t (x);", "INSERT INTO ${prefix}t VALUES ('$${prefix} ${price}');");

        await(migrations()
                .placeholder("prefix", "p_")
                .placeholder("price", "$1\\2")
                .migrate(connections()));

        assertThat(query("SELECT x FROM p_t")).containsExactly("${prefix} $1\\2");
    }

    @Test
    void checksum_isThatOfTheFile_whateverTheValues() {
        write("0001_a.sql", "CREATE TABLE t (x DEFAULT '${v}');");
        await(migrations().placeholder("v", "dev").migrate(connections()));

        assertThat(await(migrations().placeholder("v", "prod").status(connections()))
                        .isUpToDate())
                .isTrue();
    }

    @Test
    void placeholderWithoutValue_isAnErrorWithItsLine() {
        write("0001_a.sql", "-- ok", "CREATE TABLE t (x DEFAULT '${owner}');");

        assertThat(invalid())
                .hasMessageEndingWith("line 2: the placeholder ${owner} has no value. Give it by placeholder(..); write"
                        + " $${..} for the text itself.");
        assertThat(error(
                        InvalidMigrationException.class,
                        migrations().placeholder("owner_name", "x").files()))
                .hasMessageContaining("has no value. Known: owner_name; write $${..}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a}", "ä"})
    void names_areChecked(String name) {
        assertThatThrownBy(() -> migrations().placeholder(name, "x"))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessageContaining("is none: names are letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "\0"})
    void values_areOneLine_soThatLinesInMessagesAreThoseOfTheFile(String value) {
        assertThatThrownBy(() -> migrations().placeholder("name", value))
                .isInstanceOf(InvalidMigrationException.class)
                .hasMessage("The value of the placeholder \"name\" must be one line without a zero character.");
    }
}
