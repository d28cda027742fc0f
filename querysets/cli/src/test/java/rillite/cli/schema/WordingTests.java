package rillite.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods that errors of the libraries name become options. */
final class WordingTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "If that is meant, call allowDataLoss(); if renamed, call rename(..). | If that is meant, add --allow-data-loss; if renamed, add --rename OLD=NEW.",
                "Answer with rename(\"book.a\", \"b\") or with notRenamed(\"book.a\"). | Answer with --rename book.a=b or with --not-renamed book.a.",
                "rename(\"order line\", \"line\"): no | --rename 'order line=line': no",
                "rename(\"gone\"): there is no such table | --rename gone: there is no such table",
                "backfill(\"gone\"): there is no such table | --backfill gone: there is no such table",
                "call backfill(\"book.slug\", \"..\") with | add --backfill book.slug=.. with",
                "backfill(\"book.slug\", ..): unused | --backfill book.slug: unused",
                "or allowOutOfOrder(). | or --out-of-order.",
                "the placeholder ${owner} has no value. Give it by placeholder(..); write | the placeholder ${owner} has no value. Give it by --placeholder owner=..; write",
                "gone: no such folder. | gone: no such folder. Name the one of the migrations by --folder.",
                "leave environment(..) out | leave --environment out",
                "call baseline(..) first. | run rillite baseline first.",
                "not: status(..) tells. | not: rillite status tells.",
                "wrote for longer than lockWait, perhaps | wrote for longer than a minute, perhaps",
                "nothing to say | nothing to say"
            })
    void methods_becomeOptions(String said, String shown) {
        assertThat(Wording.of(said)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"shop.db, shop.db", "my shop.db, 'my shop.db'", "it's, `'it'\\''s'`"})
    void word_isQuotedWhereAShellNeedsIt(String word, String shell) {
        assertThat(Wording.shell(word)).isEqualTo(shell);
    }
}
