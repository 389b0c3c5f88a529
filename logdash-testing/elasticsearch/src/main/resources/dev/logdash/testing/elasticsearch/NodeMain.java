import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginBundle;
import org.elasticsearch.plugins.PluginDescriptor;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * The program of the forked process: one node with its core features, no security, and so only
 * on the loopback address. Arguments: a folder for everything, a port, and the jars of the
 * transport, separated by commas. It is run from its source, so that one text serves every version of
 * the server and of Java.
 */
public final class NodeMain {

  private static final String MODULE = "transport-netty4";

  private NodeMain() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]);
    Path module = home.resolve("modules").resolve(MODULE);
    Files.createDirectories(module);
    Files.createDirectories(home.resolve("config"));
    for (String jar : arguments[2].split(",")) {
      Path from = Path.of(jar);
      Files.copy(from, module.resolve(from.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      if (from.getFileName().toString().startsWith(MODULE)) {
        Files.writeString(module.resolve("plugin-descriptor.properties"), descriptor(from));
      }
    }
    LogConfigurator.configureESLogging();
    Settings settings =
        Settings.builder()
            .put("path.home", home.toString())
            .put("cluster.name", "logdash-test")
            .put("node.name", "logdash-test")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", arguments[1])
            .put("transport.port", "0")
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .build();
    Environment environment = new Environment(settings, home.resolve("config"));
    Set<PluginBundle> modules = Set.of(bundle(module));
    PluginsLoader loader = PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false);
    Node node = new Node(environment, loader);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "close-node"));
    node.start();
    Thread.currentThread().join();
  }

  /** What finds the modules of a home takes other arguments in each version; this does not. */
  private static PluginBundle bundle(Path module) throws Exception {
    Constructor<PluginBundle> constructor =
        PluginBundle.class.getDeclaredConstructor(PluginDescriptor.class, Path.class);
    constructor.setAccessible(true);
    return constructor.newInstance(PluginDescriptor.readFromProperties(module), module);
  }

  /** What the jar says of itself, without the name of its module, since there are no modules. */
  private static String descriptor(Path jar) throws IOException {
    String name = "META-INF/es-plugins/" + MODULE + "/plugin-descriptor.properties";
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new IOException(jar + " has no " + name);
      }
      String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
      return text.replaceAll("(?m)^modulename=.*$", "modulename=");
    }
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
