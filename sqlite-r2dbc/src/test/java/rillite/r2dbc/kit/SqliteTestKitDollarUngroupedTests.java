package rillite.r2dbc.kit;

final class SqliteTestKitDollarUngroupedTests extends SqliteTestKit {
    SqliteTestKitDollarUngroupedTests() {
        super(BindStyle.DOLLAR, "", "groupCommit=false");
    }
}
