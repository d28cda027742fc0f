package rillite.r2dbc.kit;

final class SqliteTestKitNumberedTests extends SqliteTestKit {
    SqliteTestKitNumberedTests() {
        super(BindStyle.NUMBERED, "");
    }
}
