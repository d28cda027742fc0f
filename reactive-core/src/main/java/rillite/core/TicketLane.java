package rillite.core;

/** A dedicated session's transaction: it runs on reader threads and holds the writer's ticket. */
record TicketLane<C extends PhysicalConnection>(Lane<C> threads, WriteLane<C> tickets) implements Lane<C> {

    @Override
    public void execute(Command<C> command) {
        threads.execute(command);
    }

    @Override
    public void release(Lease<C> lease) {
        tickets.release(lease);
    }
}
