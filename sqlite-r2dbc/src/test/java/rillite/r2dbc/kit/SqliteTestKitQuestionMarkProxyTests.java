package rillite.r2dbc.kit;

final class SqliteTestKitQuestionMarkProxyTests extends SqliteProxyTestKit {
    SqliteTestKitQuestionMarkProxyTests() {
        super(BindStyle.QUESTION_MARK);
    }
}
