/** Spring Boot: the beans that put logdash into an application. */
@NullMarked
package dev.logdash.dashboard.spring;

import org.jspecify.annotations.NullMarked;
