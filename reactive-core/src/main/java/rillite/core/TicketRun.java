package rillite.core;

/** A write of a dedicated session, on its own connection, while it holds the writer's ticket. */
final class TicketRun<C extends PhysicalConnection> extends Command<C> {
    private final WriteItem<C, ?> item;
    private final Lease<C> ticket;

    TicketRun(WriteItem<C, ?> item, Lease<C> ticket) {
        super(item.session);
        this.item = item;
        this.ticket = ticket;
        this.resource = ticket.resource;
    }

    @Override
    void start() {
        ticket.lane.execute(this);
    }

    @Override
    void run(Resource<C> owned) {
        item.runTicket(ticket);
    }

    @Override
    void fail(Throwable error) {
        item.fail(error);
    }
}
