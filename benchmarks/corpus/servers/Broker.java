import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Formats a folder for a KRaft broker on a port of the loopback and runs it: {@code FOLDER PORT
 * CONTROLLER}.
 */
final class Broker {

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int port = Integer.parseInt(args[1]);
    int controller = Integer.parseInt(args[2]);
    Path settings = folder.resolve("server.properties");
    Files.createDirectories(folder);
    Files.write(
        settings,
        List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controller,
            "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
            "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
            "controller.listener.names=CONTROLLER",
            "log.dirs=" + folder.resolve("data"),
            "num.partitions=3",
            "offsets.topic.num.partitions=3",
            "offsets.topic.replication.factor=1",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "share.coordinator.state.topic.replication.factor=1",
            "share.coordinator.state.topic.min.isr=1",
            "group.initial.rebalance.delay.ms=0"));
    int formatted =
        kafka.tools.StorageTool.execute(
            new String[] {
              "format",
              "-t",
              "Y29ycHVzLWxvZ2Rhc2gtMQ",
              "-c",
              settings.toString(),
              "--ignore-formatted"
            },
            System.out);
    if (formatted != 0) {
      System.exit(formatted);
    }
    kafka.Kafka.main(new String[] {settings.toString()});
  }
}
