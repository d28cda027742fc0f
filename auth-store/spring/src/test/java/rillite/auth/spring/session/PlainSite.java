package rillite.auth.spring.session;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.session.config.annotation.web.server.EnableSpringWebSession;

/** The pages with the sessions of a repository, without any security. */
@Configuration(proxyBeanMethods = false)
@EnableSpringWebSession
@Import(PlainPages.class)
class PlainSite {}
