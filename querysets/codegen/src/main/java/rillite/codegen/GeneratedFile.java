package rillite.codegen;

/**
 * One source file.
 *
 * @param path where it belongs under the root of sources, with slashes: {@code com/example/shop/Author.java}
 * @param text its content, with {@code \n} at the ends of lines
 */
public record GeneratedFile(String path, String text) {}
