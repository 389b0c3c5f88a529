import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.JsonAccessLogValve;

/** Tomcat with a servlet and its JSON access log: {@code PORT OUT}. */
final class Cat extends HttpServlet {

  private static final int[] STATUS = {200, 200, 200, 200, 201, 302, 403, 404, 409, 422, 502};

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    Path base = Files.createDirectories(Path.of(args[1], "tomcat"));
    tomcat.setBaseDir(base.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(Integer.parseInt(args[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", base.toString());
    Tomcat.addServlet(context, "all", new Cat());
    context.addServletMappingDecoded("/", "all");
    JsonAccessLogValve valve = new JsonAccessLogValve();
    valve.setDirectory(args[1]);
    valve.setPrefix("tomcat-access");
    valve.setSuffix(".json");
    valve.setRotatable(false);
    valve.setPattern("%{X-Forwarded-For}i %t %m %U %q %H %s %B %D %{User-Agent}i %{Referer}i");
    tomcat.getHost().getPipeline().addValve(valve);
    tomcat.start();
    System.out.println("ready");
    System.in.read();
    tomcat.stop();
    System.exit(0);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    int status = STATUS[Math.floorMod(request.getRequestURI().hashCode(), STATUS.length)];
    byte[] body = ("{\"path\":\"" + request.getRequestURI() + "\"}").getBytes("UTF-8");
    response.setStatus(status);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
