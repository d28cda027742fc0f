package rillite.r2dbc.kit;

final class SqliteTestKitNamedUngroupedTests extends SqliteTestKit {
    SqliteTestKitNamedUngroupedTests() {
        super(BindStyle.NAMED, "", "groupCommit=false");
    }
}
