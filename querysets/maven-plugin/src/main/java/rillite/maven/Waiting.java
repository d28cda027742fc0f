package rillite.maven;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import reactor.core.publisher.Mono;
import rillite.codegen.CodegenException;
import rillite.querysets.QueryException;

/** Where a goal, which Maven expects to end when its method does, waits for what it started. */
final class Waiting {

    private Waiting() {}

    /**
     * Waits for the value. An interrupt cancels.
     *
     * @throws MojoFailureException the user's files are wrong: schema, migrations or options
     * @throws MojoExecutionException anything else went wrong
     */
    static <T> T on(Mono<T> mono) throws MojoExecutionException, MojoFailureException {
        CompletableFuture<T> future = mono.toFuture();
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Interrupted.", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof CodegenException || cause instanceof QueryException) {
                throw new MojoFailureException(cause.getMessage(), cause);
            }
            throw new MojoExecutionException(String.valueOf(cause.getMessage()), cause);
        }
    }
}
