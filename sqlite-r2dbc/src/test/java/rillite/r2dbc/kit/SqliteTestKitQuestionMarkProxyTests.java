package rillite.r2dbc.kit;

final class SqliteTestKitQuestionMarkProxyTests extends SqliteTestKit {
    SqliteTestKitQuestionMarkProxyTests() {
        super(BindStyle.QUESTION_MARK, "proxy:");
    }
}
