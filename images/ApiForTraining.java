import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Just enough of an API server for an operator or a proxy to start while its start cache is made: one token, otherwise empty lists; what is
 * written is echoed; a watch never says anything. Run as a source file: {@code java ApiForTraining.java PORT_FILE KEY_STORE PASSWORD}.
 */
public final class ApiForTraining {
  private static final String TOKEN =
      """
      {"apiVersion":"keyfront.io/v1alpha1","kind":"MachineToken",\
      "metadata":{"name":"training","namespace":"default","uid":"00000000-0000-4000-8000-000000000001","resourceVersion":"1",\
      "generation":1,"creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{"scopes":["mock"],"secretName":"training-token"}}""";

  private static final String RIGHTS =
      """
      {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview","metadata":{},"spec":{},"status":{"incomplete":false,\
      "nonResourceRules":[],"resourceRules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}]}}""";

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(new File(arguments[1]), arguments[2].toCharArray())));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", ApiForTraining::answer);
    server.start();
    Files.writeString(Path.of(arguments[0]), "https://127.0.0.1:" + server.getAddress().getPort());
  }

  private static SSLContext tls(File store, char[] password) throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store, password), password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (query.contains("watch=true") && exchange.getRequestHeaders().containsKey("Upgrade")) {
      // The client then watches without a WebSocket, and at once: after a 5xx it would pause and try again.
      send(exchange, 200, "{}");
    } else if (query.contains("watch=true")) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().flush();
    } else if (path.endsWith("/selfsubjectrulesreviews")) {
      send(exchange, 201, RIGHTS);
    } else if (!exchange.getRequestMethod().equals("GET")) {
      send(exchange, 200, new String(body, StandardCharsets.UTF_8).replaceFirst("\"metadata\":\\{", "\"metadata\":{\"resourceVersion\":\"2\","));
    } else if (path.equals("/version")) {
      send(exchange, 200, "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.4\",\"buildDate\":\"2026-01-01T00:00:00Z\"}");
    } else if (path.matches(".*/(leases|secrets|machinetokens|configmaps)/[^/]+")) {
      send(exchange, 404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}");
    } else {
      String items = path.endsWith("/machinetokens") ? TOKEN : "";
      send(exchange, 200, "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[" + items + "]}");
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("content-type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
