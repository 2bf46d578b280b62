package io.github.bettersse.docs.testing;

import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class NewsApplication {

}
