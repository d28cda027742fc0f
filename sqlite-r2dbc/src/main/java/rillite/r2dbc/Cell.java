package rillite.r2dbc;

/** One cell on its way to a class: what the slower conversions and their errors need to know. */
record Cell(RowChunk chunk, int row, int column, Class<?> target, CodecOptions options) {
    StorageClass storage() {
        return chunk.storage(row, column);
    }

    long integer() {
        return chunk.longAt(row, column);
    }

    double real() {
        return chunk.doubleAt(row, column);
    }

    String text() {
        return chunk.textAt(row, column);
    }

    byte[] bytes() {
        return chunk.bytesAt(row, column);
    }
}
