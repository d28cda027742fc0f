package rillite.auth;

/** Whether a sign-in through a new account may be that of a user who has the same e-mail address. */
public enum LinkPolicy {
    /** Never: users link accounts while they are signed in. */
    REFUSE,
    /**
     * When the provider says that the address is proven, and it is proven here too, in the same spelling but for upper and lower case of
     * ASCII letters. Choose this only for providers that do prove
     * addresses: who can make one of them say so can sign in as the user.
     */
    LINK_IF_BOTH_VERIFIED
}
