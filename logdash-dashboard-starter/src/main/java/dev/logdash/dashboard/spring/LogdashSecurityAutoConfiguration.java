package dev.logdash.dashboard.spring;

import dev.logdash.dashboard.HostedLogdash;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Keeps the host's login and CSRF protection off the dashboard, which has its own. A chain of our
 * own would do that too, but where it is the only one Spring Boot takes it for the host's and no
 * longer protects anything else.
 */
@AutoConfiguration(after = LogdashAutoConfiguration.class)
@ConditionalOnClass({WebSecurityCustomizer.class, RequestMatcher.class})
@ConditionalOnBean(HostedLogdash.class)
class LogdashSecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "logdashWebSecurityCustomizer")
  WebSecurityCustomizer logdashWebSecurityCustomizer(HostedLogdash host) {
    return web -> web.ignoring().requestMatchers(new Dashboard(host.path()));
  }

  /** What the container hands to the servlet of the dashboard, however the address is written. */
  private static final class Dashboard implements RequestMatcher {

    private final String path;

    Dashboard(String path) {
      this.path = path;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
      return LogdashAutoConfiguration.SERVLET.equals(
          request.getHttpServletMapping().getServletName());
    }

    // Spring Security warns with it of what it lets through.
    @Override
    public String toString() {
      return path + "/** (the dashboard of logdash, which asks for a login of its own)";
    }
  }
}
