package rillite.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one workload: arguments are its name, the folder to work in and the file for the samples. */
final class Child {

    private Child() {}

    public static void main(String[] args) throws IOException {
        Workload workload = Workload.named(args[0]);
        Stage stage = new Stage(Path.of(args[1]), Options.scale());
        List<Rival> rivals = Options.rivals(workload);
        List<String> lines = new ArrayList<>();
        workload.prepare(stage);
        Scale scale = stage.scale();
        for (int round = -scale.warmups(); round < scale.rounds(); round++) {
            for (int turn = 0; turn < rivals.size(); turn++) {
                Rival rival = rivals.get(Math.floorMod(turn + round, rivals.size()));
                System.gc();
                Sample sample = workload.run(rival, stage);
                say(round, rival, sample);
                if (round >= 0) {
                    sample.metrics().forEach((metric, value) -> lines.add(rival.name() + "\t" + metric + "\t" + value));
                }
            }
        }
        Files.write(Path.of(args[2]), lines, StandardCharsets.UTF_8);
        System.exit(0);
    }

    private static void say(int round, Rival rival, Sample sample) {
        StringBuilder line = new StringBuilder(round < 0 ? "  warm-up" : "  round " + (round + 1));
        line.append("  ").append(rival.name()).append(": ");
        List<String> parts = new ArrayList<>();
        sample.metrics().forEach((metric, value) -> parts.add(Figures.plain(value) + " " + metric));
        System.out.println(line.append(String.join(", ", parts)));
    }
}
