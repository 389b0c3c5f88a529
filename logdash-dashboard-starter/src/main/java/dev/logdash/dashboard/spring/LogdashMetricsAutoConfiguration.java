package dev.logdash.dashboard.spring;

import dev.logdash.dashboard.HostedLogdash;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Puts what logdash measures into the registry of the host, which Spring Boot hands to binders. */
@AutoConfiguration(after = LogdashAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(HostedLogdash.class)
class LogdashMetricsAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "logdashMeters")
  LogdashMeters logdashMeters(HostedLogdash host) {
    return new LogdashMeters(host);
  }
}
