package rillite.r2dbc.kit;

final class SqliteTestKitNumberedPoolTests extends SqlitePoolTestKit {
    SqliteTestKitNumberedPoolTests() {
        super(BindStyle.NUMBERED);
    }
}
