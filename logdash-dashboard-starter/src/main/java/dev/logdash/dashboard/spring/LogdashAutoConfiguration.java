package dev.logdash.dashboard.spring;

import dev.logdash.core.Logdash;
import dev.logdash.core.config.ConfigSource;
import dev.logdash.dashboard.DashboardServlet;
import dev.logdash.dashboard.HostedLogdash;
import dev.logdash.dashboard.HostedLogdashBuilder;
import dev.logdash.dashboard.HostedServlet;
import dev.logdash.dashboard.request.RequestFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts logdash into a servlet application. Backs off where the application has a {@link
 * HostedLogdash}, a {@link Logdash} or a {@link DashboardServlet} of its own.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "logdash.enabled", matchIfMissing = true)
class LogdashAutoConfiguration {

  static final String SERVLET = "logdash";

  // Within the scope of the host's tracing, whose filter is at HIGHEST_PRECEDENCE + 1, and in front
  // of Spring Security, whose refusals are requests too.
  private static final int FILTER_ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

  @Bean
  @ConditionalOnMissingBean({HostedLogdash.class, Logdash.class, DashboardServlet.class})
  HostedLogdash hostedLogdash(ConfigurableEnvironment environment) {
    HostedLogdashBuilder builder = HostedLogdash.builder(ApplicationName.of(environment));
    for (ConfigSource source : EnvironmentSettings.of(environment)) {
      builder.settings(source);
    }
    return builder.start();
  }

  /** There is none while the data folder is not open, so ask for an {@code ObjectProvider}. */
  @Bean(destroyMethod = "")
  @ConditionalOnBean(HostedLogdash.class)
  @ConditionalOnMissingBean
  @Nullable Logdash logdash(HostedLogdash host) {
    return host.logdash().orElse(null);
  }

  @Bean
  @ConditionalOnBean(HostedLogdash.class)
  @ConditionalOnMissingBean(name = "logdashServlet")
  ServletRegistrationBean<HostedServlet> logdashServlet(HostedLogdash host) {
    ServletRegistrationBean<HostedServlet> servlet =
        new ServletRegistrationBean<>(host.servlet(), host.path() + "/*");
    servlet.setName(SERVLET);
    servlet.setAsyncSupported(true);
    return servlet;
  }

  @Bean
  @ConditionalOnBean(HostedLogdash.class)
  @ConditionalOnMissingBean(name = "logdashRequestFilter")
  FilterRegistrationBean<RequestFilter> logdashRequestFilter(HostedLogdash host) {
    FilterRegistrationBean<RequestFilter> filter =
        new FilterRegistrationBean<>(host.requestFilter());
    filter.setName("logdashRequests");
    filter.setOrder(FILTER_ORDER);
    filter.setAsyncSupported(true);
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    filter.setEnabled(host.recordsRequests());
    return filter;
  }

  @Bean
  @ConditionalOnBean(HostedLogdash.class)
  Announcement logdashAnnouncement(HostedLogdash host) {
    return new Announcement(host);
  }
}
