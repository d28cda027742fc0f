package rillite.core;

/** Where commands that already own a resource run. */
interface Lane<C extends PhysicalConnection> {

    /** Runs the command with its resource on a thread of this lane. */
    void execute(Command<C> command);

    /** Takes back the resource of a lease. */
    void release(Lease<C> lease);
}
