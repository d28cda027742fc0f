package rillite.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentTests {
    private static final LocalDate DAY = LocalDate.of(2021, 6, 5);

    static Stream<Arguments> texts() {
        LocalTime time = LocalTime.of(7, 8, 9);
        return Stream.of(
                Arguments.of("2021-06-05", DAY, null, null),
                Arguments.of("0000-01-01", LocalDate.of(0, 1, 1), null, null),
                Arguments.of("2020-02-29", LocalDate.of(2020, 2, 29), null, null),
                Arguments.of("07:08", null, LocalTime.of(7, 8), null),
                Arguments.of("07:08:09", null, time, null),
                Arguments.of("07:08:09.1", null, time.withNano(100_000_000), null),
                Arguments.of("07:08:09.123456789", null, time.withNano(123_456_789), null),
                Arguments.of("07:08:09Z", null, time, ZoneOffset.UTC),
                Arguments.of("07:08+01:00", null, LocalTime.of(7, 8), ZoneOffset.ofHours(1)),
                Arguments.of("2021-06-05 07:08:09", DAY, time, null),
                Arguments.of("2021-06-05T07:08:09", DAY, time, null),
                Arguments.of("2021-06-05t07:08:09z", DAY, time, ZoneOffset.UTC),
                Arguments.of("2021-06-05T07:08:09.000Z", DAY, time, ZoneOffset.UTC),
                Arguments.of("2021-06-05 07:08:09 +02:00", DAY, time, ZoneOffset.ofHours(2)),
                Arguments.of("2021-06-05T07:08:09-0530", DAY, time, ZoneOffset.ofHoursMinutes(-5, -30)),
                Arguments.of("2021-06-05T07:08:09-05", DAY, time, ZoneOffset.ofHours(-5)),
                Arguments.of("07:08:09+01:02:03", null, time, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parse_accepted_givesItsParts(String text, LocalDate date, LocalTime time, ZoneOffset offset) {
        assertThat(Moment.parse(text)).isEqualTo(new Moment(date, time, offset));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2021",
                "2021-06",
                "2021-6-5",
                "2021-02-29",
                "2021-13-01",
                "2021-06-05x",
                "2021-06-05 ",
                "2021-06-05Z",
                "2021-06-05T",
                "2021-06-05  07:08",
                "2021/06/05",
                "20210605",
                "+2021-06-05",
                "-001-06-05",
                "12021-06-05",
                "7:08",
                "07",
                "07:8",
                "07:08:9",
                "24:00:00",
                "07:60",
                "07:08:60",
                "07:08:09.",
                "07:08:",
                "07:08:09.1234567890",
                "07:08:09,5",
                "07:08:09 PM",
                "07:08:09+19:00",
                "07:08:09+1:00",
                "07:08:09+01:0",
                "07:08:09+01:00:00:00",
                "07:08:09Zx",
                "07:08:09 ",
                "2021-06-05T07:08:09[UTC]",
                "\u0662021-06-05",
                "\u0661\u0662:00",
                "now",
                "null",
                "2021-06-05\u00a007:08:09"
            })
    void parse_anythingElse_isNull(String text) {
        assertThat(Moment.parse(text)).isNull();
    }
}
