package shop;

import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sells things that do not exist. */
@RestController
public class OrderController {

  private static final Logger LOG = LoggerFactory.getLogger(OrderController.class);

  @GetMapping("/orders/{id}")
  public String order(@PathVariable("id") String id) {
    LOG.info("order {} looked up", id);
    return id;
  }

  @PostMapping("/orders/{id}/payment")
  public String pay(@PathVariable("id") String id) {
    throw new IllegalStateException("payment of order " + id + " failed");
  }

  @GetMapping("/reports/{month}")
  public Callable<String> report(@PathVariable("month") String month) {
    return () -> {
      LOG.info("report for {} made", month);
      return month;
    };
  }
}
