package rillite.examples.quickstart;

/** One thing the demo shows. Runs on the main thread and may wait there. */
interface Step {

    String title();

    void run(Tour tour);
}
