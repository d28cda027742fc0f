package rillite.querysets.ast;

/** The part of a {@link ShapeWalk} that reads INSERT, UPDATE and DELETE. */
final class WriteWalk implements Write.Visitor<ShapeWalk> {

    private final ShapeWalk walk;

    WriteWalk(ShapeWalk walk) {
        this.walk = walk;
    }

    @Override
    public ShapeWalk insert(Write.Insert write) {
        walk.write(Mark.INSERT, write, write.table()).columns(write.columns()).expressions(write.values());
        if (write.rows() == null) {
            walk.add(Mark.ABSENT);
        } else {
            walk.select(write.rows());
        }
        Write.Conflict conflict = write.conflict();
        if (conflict == null) {
            walk.add(Mark.ABSENT);
        } else {
            walk.add(Mark.CONFLICT).columns(conflict.target()).read(conflict.where());
            walk.assignments(conflict.set()).read(conflict.only());
        }
        return walk.expressions(write.returning());
    }

    @Override
    public ShapeWalk update(Write.Update write) {
        walk.write(Mark.UPDATE, write, write.table()).assignments(write.assignments());
        return walk.read(write.where()).expressions(write.returning());
    }

    @Override
    public ShapeWalk delete(Write.Delete write) {
        walk.write(Mark.DELETE, write, write.table());
        return walk.read(write.where()).expressions(write.returning());
    }
}
