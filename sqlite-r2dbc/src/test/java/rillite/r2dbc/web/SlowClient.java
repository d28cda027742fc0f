package rillite.r2dbc.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An HTTP client on a bare socket with a small receive buffer, which takes lines only when it is asked for one. */
final class SlowClient implements AutoCloseable {
    private static final int RECEIVE_BUFFER = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private int chunk;
    private boolean ended;

    private SlowClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 1024);
    }

    /** Sends a request and reads the head of the response; fails unless it is 200 and chunked. */
    static SlowClient get(int port, String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        SlowClient client = new SlowClient(socket);
        client.readHead();
        return client;
    }

    private void readHead() throws IOException {
        String status = readLine();
        boolean chunked = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            chunked |= header.equalsIgnoreCase("Transfer-Encoding: chunked");
        }
        if (!status.startsWith("HTTP/1.1 200") || !chunked) {
            throw new IOException("unexpected response: " + status + ", chunked " + chunked);
        }
    }

    /** The next line of the body without its line feed, or null at the end of the response. */
    @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int next = bodyByte(); next != '\n'; next = bodyByte()) {
            if (next < 0) {
                if (line.size() > 0) {
                    throw new EOFException("the response ends in the middle of a line");
                }
                return null;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private int bodyByte() throws IOException {
        if (ended) {
            return -1;
        }
        if (chunk == 0) {
            chunk = Integer.parseInt(readLine(), 16);
            if (chunk == 0) {
                ended = true;
                return -1;
            }
        }
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the connection ends in the middle of the response");
        }
        if (--chunk == 0) {
            readLine();
        }
        return next;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ends after \"" + line + "\"");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Hangs up, whatever is still on its way. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
