package io.github.bettersse.sample;

import io.github.bettersse.sample.cluster.SampleCluster;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.env.Profiles;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The pages of the sample, from one server; or from three nodes, with the profile
 * {@code cluster}.
 */
@EnableScheduling
@SpringBootApplication
public class SampleApplication {

	public static void main(String[] args) throws Exception {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(args));
		if (environment.acceptsProfiles(Profiles.of("cluster"))) {
			SampleCluster.run(environment.getProperty("server.port", Integer.class, 8080));
		}
		else {
			SpringApplication.run(SampleApplication.class, args);
		}
	}

}
