package org.vocalise.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.vocalise.dsp.io.InputException;

/**
 * A model that ONNX Runtime has loaded. Thread-safe, {@link #close()} included: it waits for the
 * runs in progress, and later ones fail with IllegalStateException.
 */
final class OnnxModel implements AutoCloseable {
  private final Path file;
  private final Device device;
  private final SessionOptions options;
  private final OrtSession session;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  // Runs get threads of their own, since a thread inside ONNX Runtime hears no interrupt.
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "onnx");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;

  private OnnxModel(Path file, Device device, SessionOptions options, OrtSession session) {
    this.file = file;
    this.device = device;
    this.options = options;
    this.session = session;
  }

  /**
   * Loads a model.
   *
   * @param device CPU or CUDA
   * @throws InputException if ONNX Runtime refuses the file
   * @throws IOException if ONNX Runtime, or CUDA, can't be loaded
   */
  static OnnxModel open(Path file, Device device) throws IOException {
    OrtEnvironment environment = OnnxRuntime.environment();
    try {
      return load(environment, file, device);
    } catch (OrtException e) {
      String reason = String.valueOf(e.getMessage());
      if (Thread.currentThread().isInterrupted()) {
        // Ctrl-C: the JVM's end takes ONNX Runtime's environment away while it loads.
        throw new IOException(file + ": loading was interrupted", new InterruptedException());
      }
      if (device instanceof Device.Cuda && runsOnProcessor(environment, file)) {
        throw new IOException(OnnxRuntime.cudaFailed(device.toString(), reason), e);
      }
      throw (InputException)
          new InputException(file, "ONNX Runtime can't load it (" + reason + "); export it again")
              .initCause(e);
    }
  }

  private static OnnxModel load(OrtEnvironment environment, Path file, Device device)
      throws OrtException, IOException {
    SessionOptions options = OnnxRuntime.options();
    try {
      if (device instanceof Device.Cuda cuda) {
        OnnxRuntime.addCuda(options, cuda.index());
      }
      OrtSession session = environment.createSession(file.toString(), options);
      return new OnnxModel(file, device, options, session);
    } catch (OrtException | IOException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  /** Whether the file is not at fault when CUDA refuses it. */
  private static boolean runsOnProcessor(OrtEnvironment environment, Path file) throws IOException {
    try (OnnxModel model = load(environment, file, new Device.Cpu())) {
      return model.file().equals(file);
    } catch (OrtException e) {
      return false;
    }
  }

  /** The file it was loaded from. */
  Path file() {
    return file;
  }

  /** Where it runs. */
  Device device() {
    return device;
  }

  /** Names and types of the inputs. */
  Map<String, NodeInfo> inputs() throws IOException {
    try {
      return session.getInputInfo();
    } catch (OrtException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Names and types of the outputs. */
  Map<String, NodeInfo> outputs() throws IOException {
    try {
      return session.getOutputInfo();
    } catch (OrtException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Begins a run on a thread of its own.
   *
   * @param inputs not to be changed or closed until the run has ended
   * @param outputs whose buffers take the results; their shapes must be exact
   */
  ModelRun start(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs)
      throws IOException {
    RunOptions runOptions;
    try {
      runOptions = new RunOptions();
    } catch (OrtException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    try {
      return new ModelRun(
          file, runOptions, threads.submit(() -> run(inputs, outputs, runOptions), true));
    } catch (RejectedExecutionException e) {
      runOptions.close();
      throw closed();
    }
  }

  private void run(
      Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs, RunOptions runOptions) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw closed();
      }
      session.run(inputs, Set.of(), outputs, runOptions).close();
    } catch (OrtException e) {
      throw new ModelRun.Failure(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(file + ": the model has been closed");
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        threads.shutdown();
        session.close();
        options.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
