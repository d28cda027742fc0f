package rillite.r2dbc.kit;

final class SqliteTestKitDollarTests extends SqliteTestKit {
    SqliteTestKitDollarTests() {
        super(BindStyle.DOLLAR, "");
    }
}
