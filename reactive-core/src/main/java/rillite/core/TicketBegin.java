package rillite.core;

/** The start of a transaction that has its connection, tried again while another process holds the lock. */
final class TicketBegin<C extends PhysicalConnection> extends Command<C> {
    private final BeginCommand<C> begin;
    private final Lease<C> ticket;

    TicketBegin(BeginCommand<C> begin, Lease<C> ticket) {
        super(begin.session);
        this.begin = begin;
        this.ticket = ticket;
        this.resource = ticket.resource;
    }

    @Override
    void start() {
        ticket.lane.execute(this);
    }

    @Override
    void run(Resource<C> owned) {
        if (begin.grant(ticket, () -> {})) {
            session.lanes.later(() -> ticket.lane.execute(this));
        }
    }

    @Override
    void fail(Throwable error) {
        begin.fail(error);
    }
}
