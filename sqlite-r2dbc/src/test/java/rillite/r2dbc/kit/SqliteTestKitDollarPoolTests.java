package rillite.r2dbc.kit;

final class SqliteTestKitDollarPoolTests extends SqlitePoolTestKit {
    SqliteTestKitDollarPoolTests() {
        super(BindStyle.DOLLAR);
    }
}
