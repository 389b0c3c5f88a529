package dev.logdash.core.parse.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GrokLibraryTest {

  @Test
  void everyDefinitionCanBeCompiled() {
    for (String name : GrokLibrary.DEFINITIONS.keySet()) {
      assertThat(PatternParser.grok("%{" + name + "}", Map.of())).as(name).isNotNull();
    }
  }

  @Test
  void knowsTheMessagesOfCiscosFirewall() {
    tells(
        "%{CISCO_TAGGED_SYSLOG} %{CISCOFW302013_302014_302015_302016}",
        "<166>May  1 2024 10:00:00 fw-1 : %ASA-6-302014: Teardown TCP connection 17 for"
            + " outside:203.0.113.9/5000 to inside:10.0.0.2/443 duration 0:00:30 bytes 512 TCP FINs",
        Map.of(
            "log.syslog.priority", 166L,
            "host.hostname", "fw-1",
            "cisco.asa.tag", "ASA-6-302014",
            "cisco.asa.outcome", "Teardown",
            "cisco.asa.network.transport", "TCP",
            "source.ip", "203.0.113.9",
            "source.port", 5000L,
            "destination.ip", "10.0.0.2",
            "network.bytes", 512L,
            "event.reason", "TCP FINs"));
    tells(
        "%{CISCOFW106023}",
        "Deny tcp src outside:203.0.113.9/5000 dst inside:10.0.0.2/22 by access-group \"acl-in\""
            + " [0x0, 0x0]",
        Map.of(
            "cisco.asa.outcome", "Deny",
            "observer.ingress.interface.name", "outside",
            "source.ip", "203.0.113.9",
            "destination.port", 22L,
            "cisco.asa.rule_name", "acl-in"));
    tells(
        "%{CISCOFW106015}",
        "Deny TCP (no connection) from 203.0.113.9/5000 to 10.0.0.2/443 flags RST ACK on interface"
            + " outside",
        Map.of("cisco.asa.rule_name", "no connection", "cisco.asa.tcp_flags", "RST ACK"));
    tells(
        "%{CISCOFW710001_710002_710003_710005_710006}",
        "TCP access denied by ACL from 203.0.113.9/5000 to outside:10.0.0.2/22",
        Map.of("cisco.asa.outcome", "denied by ACL", "observer.egress.interface.name", "outside"));
  }

  @Test
  void knowsWhatNetfilterWrites() {
    tells(
        "%{IPTABLES}",
        "IN=eth0 OUT= MAC=00:16:3e:00:00:01:00:16:3e:00:00:02:08:00 SRC=203.0.113.9 DST=10.0.0.2"
            + " LEN=60 TOS=0x00 PREC=0x00 TTL=52 ID=1234 DF PROTO=TCP SPT=5000 DPT=22 WINDOW=29200"
            + " RES=0x00 SYN URGP=0",
        Map.of(
            "observer.ingress.interface.name", "eth0",
            "destination.mac", "00:16:3e:00:00:01",
            "source.mac", "00:16:3e:00:00:02",
            "source.ip", "203.0.113.9",
            "destination.port", 22L,
            "network.transport", "TCP",
            "iptables.ttl", 52L,
            "iptables.tcp.window", 29_200L));
    tells(
        "%{IPTABLES}",
        "IN= OUT=eth0 SRC=2001:db8::1 DST=2001:db8::2 LEN=60 TC=0 HOPLIMIT=64 FLOWLBL=7 PROTO=UDP"
            + " SPT=5353 DPT=53 LEN=40",
        Map.of(
            "observer.egress.interface.name", "eth0",
            "source.ip", "2001:db8::1",
            "iptables.flow_label", "7",
            "destination.port", 53L));
  }

  @Test
  void knowsTheAccessLogsOfAmazon() {
    tells(
        "%{S3_ACCESS_LOG}",
        "79a5 bucket-1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 - 3E57 REST.GET.OBJECT a.txt"
            + " \"GET /bucket-1/a.txt HTTP/1.1\" 200 - 113 512 7 5 \"-\" \"S3Console/0.4\" -",
        Map.of(
            "aws.s3access.bucket", "bucket-1",
            "aws.s3access.operation", "REST.GET.OBJECT",
            "http.request.method", "GET",
            "http.response.status_code", 200L,
            "aws.s3access.bytes_sent", 113L,
            "user_agent.original", "S3Console/0.4"));
    tells(
        "%{ELB_ACCESS_LOG}",
        "2024-05-01T10:00:00.123456Z shop-lb 203.0.113.9:5000 10.0.0.2:80 0.000073 0.001048"
            + " 0.000057 200 200 0 29 \"GET http://www.example.com:80/a?b=1 HTTP/1.1\" \"curl/8\" - -",
        Map.of(
            "aws.elb.name", "shop-lb",
            "source.ip", "203.0.113.9",
            "aws.elb.backend.port", 80L,
            "aws.elb.backend_processing_time.sec", 0.001048,
            "url.domain", "www.example.com",
            "url.query", "b=1",
            "http.response.body.bytes", 29L));
    tells(
        "%{CLOUDFRONT_ACCESS_LOG}",
        "2024-05-01\t10:00:00\tLAX1\t2390282\t203.0.113.9\tGET\td1.cloudfront.example\t/index.html"
            + "\t200\t-\tcurl/8\t-\t-\tHit\tid1\twww.example.com\thttps\t23\t0.001\t-\tTLSv1.3\tAES"
            + "\tHit",
        Map.of(
            "aws.cloudfront.x_edge_location", "LAX1",
            "destination.bytes", 2_390_282L,
            "source.ip", "203.0.113.9",
            "url.domain", "d1.cloudfront.example",
            "http.response.status_code", 200L,
            "aws.cloudfront.x_edge_result_type", "Hit",
            "tls.cipher", "AES"));
  }

  private static void tells(String pattern, String line, Map<String, Object> expected) {
    assertThat(PatternLines.of(PatternParser.grok(pattern, Map.of()), line))
        .containsAllEntriesOf(expected);
  }
}
