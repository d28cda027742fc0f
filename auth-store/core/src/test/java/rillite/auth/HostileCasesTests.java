package rillite.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every hostile case that the store must withstand, and the tests that prove it. A test that is renamed fails here. */
final class HostileCasesTests {

    private static final Path MODULES = Path.of("..");

    private static final String CASES = """
            1 one token used twice at once: TokenRaceTests.consume_twoThreads_oneWins, \
            TokenRaceTests.consume_hundredThreads_oneWins, TwoProcessesIT.oneToken_usedAHundredTimesFromBoth_isUsedOnce
            2 expired by a millisecond, and exactly now: TokensTests.consume_atItsEnd_isEmpty, \
            SessionsTests.authenticate_exactlyAtItsEnd_isEmpty, CodesTests.use_atItsEnd_isRejected
            3 the clock goes back: HostileInputTests.clockGoingBack_makesNothingLiveLonger_andLocksNobodyOut
            4 a token of another purpose: TokensTests.consume_ofAnotherPurpose_leavesIt
            5 a code of another subject: CodesTests.use_forAnotherPurposeOrSubject_isRejected
            6 long, broken and SQL texts: HostileInputTests.oddTexts_asTokenAddressOrCode_findNothing, \
            HostileInputTests.oddTexts_asNames_areRefusedOrKeptAsTheyAre, TokensTests.consume_garbage_isEmpty
            7 forms of one address: EmailKeyTests.key_isNfkcLowerCaseTrimmed, EmailKeyTests.key_ofEveryLetter_isItsOwnKey, \
            FactorChangeTests.subjects_areOneInAllFormsOfAnAddress
            8 one address created at once: UserRaceTests.create_oneAddressInAllForms_oneIsCreated, \
            TwoProcessesIT.oneAddressInTwoForms_createdFromBoth_isOneUser
            9 a failure between user and link: FaultTests.register_failingAtAnyStep_leavesNothing
            10 an account of another user: AccountsTests.link_isOneUsers, UserRaceTests.link_onePairToTwoUsers_oneWins
            11 the last way in: AccountsTests.unlink_lastWayIn_isRefusedUnlessForced, \
            PasswordsTests.remove_endsSessions_andIsRefusedForTheLastWayIn
            12 foreign keys switched off: SchemaTests.verifySchema_rowsWithoutParent_areReported, \
            HostileInputTests.connections_enforceForeignKeys, SweepTests.purge_ofExpiredRevokedAndOrphaned_takesAllAndNoOther
            13 a touch behind a revocation: TouchRaceTests.revokeAll_againstTouch_wins, TouchRaceTests.revoke_againstTouch_wins
            14 a thousand touches: TouchRaceTests.touches_thousandInOneWindow_areOneWrite
            15 all revoked while one begins: UserRaceTests.revokeAll_againstCreate_leavesNoSessionOfAnOldEpoch
            16 fixation: SessionsTests.rotate_killsTheOldTokenAtOnce
            17 a disabled user with a session: UsersTests.disable_endsSessions_enableDoesNotRevive, \
            FactorChangeTests.disable_endsSessionsAndLinks
            18 the absolute end: SessionsTests.touch_isNotedWhenDueOnly_andStopsAtTheAbsoluteEnd
            19 a storm of sign-ins: LoginStormTests.fullPool_refusesAtOnce_andReadsAreServed, \
            BlockHoundTests.storm_isRefusedWithoutBlocking, HashPoolTests.run_full_isRefusedAtOnce
            20 times of known and unknown logins: LoginStormTests.verify_ofKnownAndUnknownLogins_takesAboutAsLong
            21 a hash of 4 GiB: PhcHashTests.find_whatCannotBeChecked_isNone, PasswordsTests.verify_storedHashOfAnotherKind_isRejected, \
            UnsoundRowsTests.foreignCosts_haveRoomForSome
            22 a malformed hash: PhcHashTests.find_whatCannotBeChecked_isNone, \
            UnsoundRowsTests.unreadableHash_isRejected_andWarnedAboutOnce
            23 hashed again while it changes: UserRaceTests.change_againstSignInsThatHashAgain_keepsTheChange, \
            PasswordsTests.rehash_behindAChange_loses, PasswordsTests.replaceHash_isCompareAndSet_andEndsNothing
            24 bcrypt beyond 72 bytes: PasswordsTests.importHash_ofBcrypt_takesNoPasswordThatItWouldCutOff
            25 a one-time password twice: TotpTests.verify_takesEachCodeOnce_oneStepEarlyOrLate, TotpTests.verify_atOnce_oneWins, \
            LockoutTests.code_typedWhileLocked_isNotUsedUp
            26 a backup code twice: TotpTests.backupCodes_workOnceEach_andAreHashed, TotpTests.backupCode_atOnce_oneWins, \
            TwoProcessesIT.backupCodes_usedFromBoth_workOnceEach
            27 counters of passkeys: PasskeysTests.advance_higherOnly, PasskeysTests.advance_zero_isNoCounter, \
            PasskeysTests.advance_atOnce_oneWins
            28 long credential ids: PasskeysTests.passkey_bounds
            29 the limit of a throttle: ThrottleTests.hit_exactlyAtTheEndOfTheWindow_beginsANewOne, \
            ThrottleTests.hit_atOnce_exactlySoManyAreAllowed, SweepTests.throttles_hitInTheMeantime_stay, \
            TwoProcessesIT.hits_fromBoth_exactlyAsManyAreAllowed
            30 a million expired rows: MillionRowsIT.purge_ofAMillionRows_letsOthersWriteBetweenItsBatches, \
            SweepTests.delete_ofAUserOfManySessions_goesInBatches, SweepTests.statements_searchByAnIndex_andScanNoTable
            31 killed within a transaction: TwoProcessesIT.process_killedWithinATransaction_leavesNothing
            32 a full disk, a file that is read only: HostileInputTests.fullDisk_isAnError_neverASession, \
            FaultTests.readOnlyFile_isAnError_neverASignIn, LockoutTests.verify_whereNothingCanBeWritten_isAnError_rightOrWrong
            33 cancel and demand: HostileInputTests.anyOperation_cancelled_leavesTheStoreWorking, \
            SignalTests.list_givesWhatIsRequested_andEndsWithACancel, SignalTests.consume_cancelled_isUsedOrNot_neverTwice, \
            FaultTests.register_cancelled_leavesAllOrNothing
            34 every form of a date: HostileFilesTests.dateThatSaysItsZone_isReadInAllLayouts, \
            HostileFilesTests.dateThatIsInDoubt_hasPassedInAllLayouts, AdapterCasesTests.createSession_storesWhatWasGiven, \
            HostileFilesTests.unreadableVerification_isNone_andTokensHavePassed
            35 ids that look like numbers: HostileFilesTests.idThatIsANumber_isRefusedAtOnce, \
            HostileFilesTests.idThatIsANumberInTheFile_isStillRead
            36 rows without ids, accounts twice: HostileFilesTests.rowsOfKysely_haveNoIds_andTheFirstOfTwoLinksCounts, \
            HostileFilesTests.secondLink_isRefused_whateverTheKeysOfTheLayout
            37 payloads of sessions that name classes: SessionPayloadTests.classesThatThePayloadNames_areNeverMade, \
            HostileAttributeTests.json_gadget_isNeverMade, HostileAttributeTests.jdk_gadget_isNeverMade
            38 stale and deleted sessions of frameworks: SqliteSessionStoreTests.put_ofAStaleCopy_isRefused_andTheWinnerStays, \
            SqliteSessionStoreTests.put_afterDelete_bringsNothingBack, SaveTests.save_afterDelete_fails_andLeavesNoRow
            39 another id at the sign-in: SaveTests.changeSessionId_isOneStatement_keepsAttributes_andEndsTheOld, \
            SignInTests.signIn_changesTheId_keepsAttributes_andEndsTheOldId, \
            WebSessionTests.login_changesTheId_keepsTheData_andKillsTheOldId
            40 secrets in what is emitted: CanaryTests.secrets_areNowhere
            41 tables changed by hand: SchemaTests.verifySchema_renamedColumn_namesBoth, \
            SchemaTests.verifySchema_handMadeTable_isToldApart, SchemaTests.operations_withAColumnRenamed_nameIt, UnsoundRowsTests.authenticate_oddRow_isNoSession, \
            UnsoundRowsTests.consume_oddRow_isNoToken
            42 two processes migrate: TwoProcessesIT.processes_raceForTablesTokensAndAddresses_andEachHasOneWinner
            """;

    /** The promises about what happens at once, and the tests that prove them. */
    private static final String CONTRACT = """
            consume the same token: TokenRaceTests.consume_hundredThreads_oneWins, TokenRaceTests.consume_manyTokens_eachHasOneWinner, \
            TokenRaceTests.consume_hundredSubscriptions_oneWins, TwoProcessesIT.oneToken_usedAHundredTimesFromBoth_isUsedOnce
            create one address: UserRaceTests.create_oneAddressInAllForms_oneIsCreated, \
            TwoProcessesIT.oneAddressInTwoForms_createdFromBoth_isOneUser
            link one account: UserRaceTests.link_onePairToTwoUsers_oneWins, \
            TwoProcessesIT.accounts_linkedFromBothToDifferentUsers_areOneUsersEach
            sign in or register: UserRaceTests.signInOrRegister_atOnce_registersOnce, \
            FaultTests.register_failingAtAnyStep_leavesNothing, FaultTests.register_cancelled_leavesAllOrNothing
            touch often: TouchRaceTests.touches_thousandInOneWindow_areOneWrite, FaultTests.touch_failing_doesNotFailTheRequest
            touch against revoke: TouchRaceTests.revokeAll_againstTouch_wins, TouchRaceTests.revoke_againstTouch_wins, \
            TouchRaceTests.revokeAll_againstRequests_endsThem
            revoke all against create: UserRaceTests.revokeAll_againstCreate_leavesNoSessionOfAnOldEpoch
            change against hashing again: UserRaceTests.change_againstSignInsThatHashAgain_keepsTheChange
            counters and codes: PasskeysTests.advance_atOnce_oneWins, TotpTests.verify_atOnce_oneWins, \
            TotpTests.backupCode_atOnce_oneWins, CodesTests.use_atOnce_oneWins, TwoProcessesIT.backupCodes_usedFromBoth_workOnceEach
            rates: ThrottleTests.hit_atOnce_exactlySoManyAreAllowed, TwoProcessesIT.hits_fromBoth_exactlyAsManyAreAllowed
            refresh of tokens: UserRaceTests.rotateTokens_atOnce_allSeeTheWinners, \
            TwoProcessesIT.tokensOfAnAccount_refreshedFromBoth_areTheWinnersInBoth
            cancel while consuming: SignalTests.consume_cancelled_isUsedOrNot_neverTwice
            authenticate behind a revocation: SessionsTests.revoke_completed_isSeenByEveryReader, \
            TwoProcessesIT.session_revokedHere_isDeadThere
            migrate: TwoProcessesIT.processes_raceForTablesTokensAndAddresses_andEachHasOneWinner
            """;

    @Test
    void everyCase_isListedOnce() {
        List<Integer> numbers = cases().keySet().stream().toList();

        assertThat(CASES.lines()).hasSize(numbers.size());
        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 42).boxed().toList());
    }

    @Test
    void everyTest_isThere() throws IOException {
        Map<String, String> sources = sources();

        Map<String, List<String>> all = new TreeMap<>();
        cases().forEach((number, tests) -> all.put("case " + number, tests));
        CONTRACT.lines().forEach(line -> all.put(line.substring(0, line.indexOf(':')), tests(line)));
        assertThat(all).hasSize(cases().size() + 14);
        all.forEach((what, tests) -> assertThat(tests).isNotEmpty().allSatisfy(test -> {
            String name = test.substring(0, test.indexOf('.'));
            assertThat(sources).as(what).containsKey(name);
            assertThat(sources.get(name))
                    .as(what)
                    .containsPattern("@(Parameterized)?Test\\b[^;{}]*(\\{[^}]*})?[^;{}]*void "
                            + test.substring(test.indexOf('.') + 1) + "\\(");
        }));
    }

    private static Map<Integer, List<String>> cases() {
        Map<Integer, List<String>> cases = new TreeMap<>();
        CASES.lines().forEach(line -> cases.put(Integer.valueOf(line.substring(0, line.indexOf(' '))), tests(line)));
        return cases;
    }

    private static List<String> tests(String line) {
        return List.of(line.substring(line.lastIndexOf(": ") + 2).split(", "));
    }

    /** The tests of all modules of the store, by class: some of them are not on this class path. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MODULES)) {
            return files.filter(file -> file.toString().replace('\\', '/').contains("/src/test/java/")
                            && file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(".java", ""),
                            HostileCasesTests::text,
                            (one, other) -> one + other));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
