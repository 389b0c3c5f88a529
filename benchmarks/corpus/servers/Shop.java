import static net.logstash.logback.argument.StructuredArguments.kv;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.RequestLogWriter;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * A web shop on Jetty that logs what it does, and sends its orders to Kafka: {@code PORT OUT BROKER
 * FILES}.
 */
final class Shop extends Handler.Abstract {

  private static final Logger log = LoggerFactory.getLogger("shop.orders.OrderService");
  private static final Logger carts = LoggerFactory.getLogger("shop.carts.CartController");
  private static final Logger audit = LoggerFactory.getLogger("audit");
  private static final String[] PRODUCTS = {
    "Café crème", "Zürcher Geschnetzeltes", "東京ばな奈", "Smörgåstårta", "USB-C cable",
        "ΕΛΛΗΝΙΚΟΣ ΚΑΦΕΣ",
    "Борщ", "T-shirt XL", "naïve.bayes/v2", "HDMI_2.1", "crème brûlée", "rye bread"
  };

  private final KafkaProducer<String, String> orders;

  private Shop(String broker) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", broker);
    settings.put("client.id", "shop");
    settings.put("max.block.ms", "5000");
    orders = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
  }

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    String out = args[1];
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(ResourceFactory.of(server).newResource(Path.of(args[3])));
    server.setHandler(new Handler.Sequence(new ContextHandler(files, "/files"), new Shop(args[2])));
    // The address of the client is what a proxy in front would name.
    String client = "%{X-Forwarded-For}i";
    CustomRequestLog[] logs = {
      new CustomRequestLog(
          new RequestLogWriter(out + "/jetty-access.log"),
          client + " - %u %t \"%r\" %s %O \"%{Referer}i\" \"%{User-Agent}i\""),
      new CustomRequestLog(
          new RequestLogWriter(out + "/jetty-access.logfmt"),
          "time=%{yyyy-MM-dd'T'HH:mm:ss.SSSXXX|UTC}t level=info service=shop msg=\"request\""
              + " method=%m path=%U status=%s bytes=%O duration_us=%{us}T remote_addr="
              + client)
    };
    for (CustomRequestLog log : logs) {
      server.addBean(log);
    }
    server.setRequestLog(new RequestLog.Collection(logs));
    server.start();
    System.out.println("ready");
    System.in.read();
    server.stop();
    System.exit(0);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    String[] parts = path.split("/");
    MDC.put("trace_id", String.valueOf(request.getHeaders().get("X-Trace-Id")));
    try {
      String area = parts.length > 3 ? parts[3] : "";
      String id = parts.length > 4 ? parts[4] : "";
      switch (area) {
        case "users":
          long user = Long.parseLong(id);
          carts.debug("loaded user_id={} from cache={} key=user:{}", user, user % 3 == 0, user);
          return text(response, callback, user % 11 == 0 ? 404 : 200, "{\"user\":" + user + "}");
        case "orders":
          order(id);
          return text(response, callback, request.getMethod().equals("POST") ? 201 : 200, "{}");
        case "carts":
          Fields query = Request.extractQueryParameters(request);
          String product = PRODUCTS[Math.abs(id.hashCode()) % PRODUCTS.length];
          carts.info("put {} x{} into cart {} ({})", product, query.getValue("n"), id, path);
          audit.info("cart changed {} {}", kv("cart.id", id), kv("product", product));
          return text(response, callback, 204, null);
        case "search":
          String words = Request.extractQueryParameters(request).getValue("q");
          carts.info("search \"{}\" found {} products", words, String.valueOf(words).length());
          return text(response, callback, 200, "[]");
        case "login":
          audit.warn(
              "login of {} from {} failed: {}",
              kv("user.name", id),
              kv("source.ip", request.getHeaders().get("X-Forwarded-For")),
              "bad credentials");
          return text(response, callback, 401, "no");
        default:
          return false;
      }
    } catch (NoSuchElementException | IllegalStateException | NumberFormatException e) {
      log.error("request {} {} failed", request.getMethod(), path, e);
      Response.writeError(
          request, response, callback, e instanceof IllegalStateException ? 503 : 500);
      return true;
    } finally {
      MDC.clear();
    }
  }

  private void order(String id) {
    UUID order =
        UUID.fromString(id.length() == 36 ? id : new UUID(0, Long.parseLong(id)).toString());
    int amount = Math.floorMod(order.hashCode(), 100_000);
    log.info(
        "order {} accepted, user_id={} total={}.{} EUR",
        order,
        amount % 977,
        amount / 100,
        amount % 100);
    orders.send(new ProducerRecord<>("orders", id, "{\"total\":" + amount + "}"));
    audit.info("order placed {} {}", kv("order.id", id), kv("total", amount));
    if (amount % 701 == 0) {
      audit.error(
          "payment refused {}", kv("order.id", id), new IllegalStateException("card declined"));
      pay(amount);
    }
  }

  private static void pay(int amount) {
    try {
      throw new NoSuchElementException("no account for " + amount);
    } catch (NoSuchElementException e) {
      throw new IllegalStateException("payment of " + amount + " refused", e);
    }
  }

  private static boolean text(Response response, Callback callback, int status, String body) {
    response.setStatus(status);
    if (body == null) {
      callback.succeeded();
      return true;
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    Content.Sink.write(response, true, body, callback);
    return true;
  }
}
