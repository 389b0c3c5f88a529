/** What the dashboard does for its own safety: passwords, cookies, proxies. */
@NullMarked
package dev.logdash.dashboard.security;

import org.jspecify.annotations.NullMarked;
