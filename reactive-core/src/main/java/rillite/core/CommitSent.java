package rillite.core;

import java.util.List;

/** A commit on its way, and those who wait for its answer. Each is one of a kind. */
final class CommitSent<C extends PhysicalConnection> {
    private final List<? extends SubscribedCommand<C, ?>> members;

    CommitSent(List<? extends SubscribedCommand<C, ?>> members) {
        this.members = members;
    }

    List<? extends SubscribedCommand<C, ?>> members() {
        return members;
    }
}
