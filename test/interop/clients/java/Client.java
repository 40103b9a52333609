// Java's own client, java.net.http.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

import static java.nio.charset.StandardCharsets.UTF_8;

public class Client implements WebSocket.Listener {
    private static final PrintStream OUT = new PrintStream(System.out, true, UTF_8);
    private final StringBuilder text = new StringBuilder();
    private final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onText(WebSocket ws, CharSequence part, boolean isLast) {
        text.append(part);
        if (isLast) {
            OUT.println("text " + text);
            text.setLength(0);
        }
        ws.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket ws, ByteBuffer part, boolean isLast) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
        if (isLast) {
            OUT.println("binary " + bytes.toString(UTF_8));
            bytes.reset();
        }
        ws.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket ws, ByteBuffer payload) {
        OUT.println("pong " + UTF_8.decode(payload));
        ws.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket ws, int code, String reason) {
        OUT.println("closed " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket ws, Throwable error) {
        error.printStackTrace();
        System.exit(1);
    }

    private static void obey(WebSocket ws, String verb, String words) {
        switch (verb) {
            case "text" -> ws.sendText(words, true).join();
            case "binary" -> ws.sendBinary(UTF_8.encode(words), true).join();
            case "fragments" -> {
                String[] parts = words.split("\t");
                for (int i = 0; i < parts.length; i++) {
                    ws.sendText(parts[i], i == parts.length - 1).join();
                    ws.sendPing(UTF_8.encode("between")).join();
                }
            }
            case "ping" -> ws.sendPing(UTF_8.encode(words)).join();
            case "close" -> {
                String[] close = words.split(" ", 2);
                ws.sendClose(Integer.parseInt(close[0]), close[1]).join();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        WebSocket ws = HttpClient.newHttpClient().newWebSocketBuilder().subprotocols(args[1])
                .buildAsync(URI.create(args[0]), new Client()).join();
        OUT.println("open " + ws.getSubprotocol());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] order = line.split(" ", 2);
            obey(ws, order[0], order[1]);
        }
        System.exit(0);
    }
}
