package io.github.bettersse.sample.notifications;

import java.util.List;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;

/**
 * Who has to log in, and how: the notifications are for users, the other pages for
 * everybody. The library does the rest: it ends streams at logout.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	static final List<String> USERS = List.of("ada", "bob", "cleo");

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http) {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/notifications/**").authenticated().anyRequest().permitAll())
			.formLogin((login) -> login.loginProcessingUrl("/login")
				.successHandler((request, response, user) -> response.setStatus(HttpServletResponse.SC_NO_CONTENT))
				.failureHandler((request, response, failure) -> response.setStatus(HttpServletResponse.SC_FORBIDDEN)))
			.logout((logout) -> logout
				.logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
			.exceptionHandling(
					(failures) -> failures.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
			// Requests of the other pages carry no cookie that says who somebody is.
			.csrf((csrf) -> csrf.spa().ignoringRequestMatchers("/chat/**", "/answers/**"))
			.build();
	}

	/** For a show: each password is the name. */
	@Bean
	UserDetailsService users() {
		return new InMemoryUserDetailsManager(
				USERS.stream().map((name) -> User.withUsername(name).password("{noop}" + name).build()).toList());
	}

}
