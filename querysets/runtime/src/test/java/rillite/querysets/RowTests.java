package rillite.querysets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows: values by name, conversions, what contradicts its declaration, equality. */
@ParameterizedClass
@EnumSource(Access.class)
final class RowTests {

    @Parameter
    Access access = Access.BARE;

    private static final String SCRIPT = """
            CREATE TABLE cell (id INTEGER PRIMARY KEY, whole INTEGER, flag BOOLEAN, day DATE, at DATETIME, clock TIME,
              price DECIMAL, ident UUID, raw BLOB, free, "order no" TEXT);
            INSERT INTO cell VALUES (1, 7, 1, '2024-02-29', '2024-02-29 10:11:12.5', '10:11:12', '1.50',
              '6f1c6b3e-0f3a-4d3c-8a54-0d8a7b1c2d3e', x'0102', 'text', 'GREEN');
            INSERT INTO cell VALUES (2, 'seven', 'perhaps', 2020, '2024-02-29T10:11:12', 36000, 'cheap', 'nobody', 'text',
              1.5, '12');
            INSERT INTO cell (id) VALUES (3);
            """;

    private enum Colour {
        GREEN
    }

    @TempDir
    Path directory;

    private Fixture fixture;

    @AfterEach
    void close() {
        fixture.close();
    }

    @BeforeEach
    void open() {
        fixture = Fixture.ofScript(access, directory, SCRIPT);
    }

    private Row row(long key) {
        return Objects.requireNonNull(fixture.db.objects("cell").find(key).block(Fixture.PATIENCE));
    }

    @Test
    void errorsOfAWideRow_list20Names() {
        fixture.jdbc("CREATE TABLE wide (id INTEGER PRIMARY KEY"
                + IntStream.range(0, 30).mapToObj(i -> ", c" + i + " INT").collect(Collectors.joining()) + ")");
        fixture.jdbc("INSERT INTO wide (id) VALUES (1)");
        fixture.db.refresh().block(Fixture.PATIENCE);
        QuerySet<Row> all = fixture.db.objects("wide");
        Row whole = Objects.requireNonNull(all.find(1).block(Fixture.PATIENCE));
        Row part = Objects.requireNonNull(all.defer("c29").find(1).block(Fixture.PATIENCE));

        assertThatThrownBy(() -> whole.get("other")).hasMessageEndingWith(", c17, c18 and 11 more");
        assertThatThrownBy(() -> part.get("c29"))
                .hasMessageContaining(", c17, c18 and 10 more. Add \"c29\" to only(..)");
    }

    @Test
    void get_hasTheTypeOfTheDeclaration() {
        Row row = row(1);
        assertThat(row.tableName()).isEqualTo("cell");
        assertThat(row.get("whole")).isEqualTo(7L);
        assertThat(row.get("flag")).isEqualTo(true);
        assertThat(row.get("day")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(row.get("at")).isEqualTo(LocalDateTime.of(2024, 2, 29, 10, 11, 12, 500_000_000));
        assertThat(row.get("price")).isEqualTo(new BigDecimal("1.5"));
        assertThat(row.get("ident")).isEqualTo(UUID.fromString("6f1c6b3e-0f3a-4d3c-8a54-0d8a7b1c2d3e"));
        assertThat(row.get("raw")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(row.get("free")).isEqualTo("text");
        assertThat(row.get("orderNo")).isEqualTo("GREEN");
        assertThat(row.unloadedNames()).isEmpty();
    }

    @Test
    void get_null_isNull() {
        assertThat(row(3).get("whole")).isNull();
        assertThat(row(3).get("whole", Integer.class)).isNull();
        assertThat(row(3).asMap()).containsEntry("day", null);
    }

    @Test
    void get_withType_convertsWithoutLoss() {
        Row row = row(1);
        assertThat(row.get("whole", int.class)).isEqualTo(7);
        assertThat(row.get("whole", Short.class)).isEqualTo((short) 7);
        assertThat(row.get("whole", BigInteger.class)).isEqualTo(BigInteger.valueOf(7));
        assertThat(row.get("whole", String.class)).isEqualTo("7");
        assertThat(row.get("price", Double.class)).isEqualTo(1.5);
        assertThat(row.get("day", LocalDateTime.class)).isEqualTo(LocalDateTime.of(2024, 2, 29, 0, 0));
        assertThat(row.get("at", String.class)).isEqualTo("2024-02-29 10:11:12.500000");
        assertThat(row.get("raw", byte[].class)).containsExactly(1, 2);
        assertThat(row.get("order no", Colour.class)).isEqualTo(Colour.GREEN);
        assertThat(row(2).get("order no", Long.class)).isEqualTo(12L);
        assertThatThrownBy(() -> row.get("price", Long.class))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "The value of cell.price (id 1) is a BigDecimal that does not convert to Long without loss.");
        assertThatThrownBy(() -> row.get("free", Integer.class)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> row.get("free", Colour.class)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void get_valueThatContradictsItsDeclaration_isNamed() {
        Row row = row(2);
        for (String name : List.of("whole", "flag", "day", "clock", "price", "ident")) {
            assertThat(catchThrowable(() -> row.get(name))).as(name).isInstanceOf(InvalidValueException.class);
        }
        assertThatThrownBy(() -> row.get("day"))
                .hasMessage("The value of cell.day (id 2) is a Long, which contradicts the declared type DATE."
                        + " Read it with get(\"day\", Object.class).");
        assertThat(row.get("whole", Object.class)).isEqualTo("seven");
        assertThat(row.get("day", Object.class)).isEqualTo(2020L);
        assertThat(row.get("at")).isEqualTo(LocalDateTime.of(2024, 2, 29, 10, 11, 12));
        assertThat(row.get("free")).isEqualTo(1.5);
    }

    @Test
    void buffers_areReadOnlyAndNotShared() {
        Row row = row(1);
        ByteBuffer first = row.get("raw", ByteBuffer.class);
        assertThat(first).isNotNull();
        first.get();
        assertThat(first.isReadOnly()).isTrue();
        assertThat(row.get("raw", ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    }

    @Test
    void equality_isTableNamesAndValues() {
        assertThat(row(1)).isEqualTo(row(1)).hasSameHashCodeAs(row(1)).isNotEqualTo(row(3));
        Row part = fixture.db.objects("cell").values("id").first().block(Fixture.PATIENCE);
        assertThat(part).isNotEqualTo(row(1));
        assertThat(part).hasToString("cell{id=1}");
    }

    @Test
    void rows_ofOneQuery_shareTheirShape() {
        assertThat(row(1).names()).isSameAs(row(2).names());
    }
}
