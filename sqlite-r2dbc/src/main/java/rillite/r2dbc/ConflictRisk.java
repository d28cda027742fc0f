package rillite.r2dbc;

/** What a failing statement does to the transaction around it. */
enum ConflictRisk {
    /** Undoes itself and nothing else. */
    PLAIN,
    /** May leave part of its work behind: needs a savepoint. */
    SAVEPOINT,
    /** Takes the whole transaction with it: runs alone. */
    ALONE
}
