package org.vocalise.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A run of a model in progress. Belongs to the thread that began it, which must await its end. */
final class ModelRun {
  /** An error of ONNX Runtime, on its way from the thread of the run. */
  static final class Failure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    Failure(OrtException cause) {
      super(cause);
    }
  }

  private final Path file;
  private final RunOptions options;
  private final Future<Boolean> end;

  ModelRun(Path file, RunOptions options, Future<Boolean> end) {
    this.file = file;
    this.options = options;
    this.end = end;
  }

  /**
   * Waits for the end.
   *
   * @throws InterruptedException if this thread is interrupted; the run has ended then
   * @throws IllegalStateException if the model was closed before the run began
   */
  void await() throws IOException, InterruptedException {
    try {
      end.get();
      options.close();
    } catch (InterruptedException e) {
      terminate();
      throw e;
    } catch (ExecutionException e) {
      options.close();
      if (e.getCause() instanceof IllegalStateException fault) {
        throw new IllegalStateException(fault.getMessage(), fault);
      }
      throw new IOException(file + ": the model fails: " + reason(e), e);
    }
  }

  /** Words of the innermost cause. */
  private static String reason(Throwable fault) {
    Throwable cause = fault;
    for (Throwable inner = fault.getCause(); inner != null; inner = inner.getCause()) {
      cause = inner;
    }
    return String.valueOf(cause.getMessage());
  }

  /** Ends the run, at the next operator of the graph, and waits for that. */
  void terminate() {
    try {
      options.setTerminate(true);
    } catch (OrtException | IllegalStateException e) {
      // Without the flag the run goes on to its own end, for which we wait all the same.
    }
    boolean interrupted = false;
    while (true) {
      try {
        end.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break; // nobody asks for the result any more
      }
    }
    options.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
