package io.github.bettersse.benchmarks.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class ProcessCpuTests {

	/** Says when it begins, is busy for as long as it is told, says so, and waits. */
	private static final String BUSY = """
			read start
			i=0
			while [ $i -lt 200000 ]; do i=$((i + 1)); done
			echo done
			read end
			""";

	@Test
	void countsWhatAChildHasUsed() throws IOException {
		Process child = new ProcessBuilder("sh", "-c", BUSY).start();
		try {
			ProcessCpu cpu = new ProcessCpu(List.of(child.pid()));
			assertThat(cpu.nanos()).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
			child.outputWriter().append('\n').flush();
			assertThat(child.inputReader().readLine()).isEqualTo("done");
			long used = cpu.nanos();
			assertThat(used).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(20));
			assertThat(cpu.userNanos() + cpu.systemNanos()).isCloseTo(used,
					Offset.offset(TimeUnit.MILLISECONDS.toNanos(40)));
			assertThat(child.info().totalCpuDuration()).hasValueSatisfying((total) -> assertThat(total.toNanos())
				.isGreaterThanOrEqualTo(used - TimeUnit.MILLISECONDS.toNanos(20)));
		}
		finally {
			child.destroyForcibly();
		}
	}

	@Test
	void keepsWhatAProcessHasUsedThatHasEnded() throws Exception {
		Process child = new ProcessBuilder("sh", "-c", BUSY).start();
		ProcessCpu cpu = new ProcessCpu(List.of(child.pid()));
		child.outputWriter().append('\n').flush();
		assertThat(child.inputReader().readLine()).isEqualTo("done");
		long used = cpu.nanos();
		child.destroyForcibly();
		assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(cpu.nanos()).isGreaterThanOrEqualTo(used);
	}

	@Test
	void countsMemory() {
		long own = ProcessMemory.resident(List.of(ProcessHandle.current().pid()));
		assertThat(own).isGreaterThan(10_000_000);
	}

}
