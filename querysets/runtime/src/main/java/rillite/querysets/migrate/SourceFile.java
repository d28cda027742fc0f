package rillite.querysets.migrate;

/**
 * One file of a source, unread by anybody.
 *
 * @param name its name without folders
 * @param place where it is, for messages
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record SourceFile(String name, String place, byte[] content) {}
