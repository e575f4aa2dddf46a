package org.vocalise.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime: its one environment, and the settings of our sessions. Thread-safe. */
public final class OnnxRuntime {
  private static final Pattern LIBRARY = Pattern.compile("(lib\\w+\\.so[.\\d]*|\\w+\\.dll)");

  /** ONNX Runtime's own libraries, which messages name as those that could not be loaded. */
  private static final Pattern OWN = Pattern.compile("(lib)?onnxruntime\\w*\\.(so|dll)[.\\d]*");

  private OnnxRuntime() {}

  /**
   * The environment of this JVM; the first call loads the native libraries.
   *
   * @throws IOException if they can't be unpacked or loaded
   */
  static synchronized OrtEnvironment environment() throws IOException {
    LoadingLog log = new LoadingLog();
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "vocalise");
      // Since 1.29 it sends names and hashes of models to its makers, on Linux too.
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | RuntimeException | OrtException e) {
      Throwable fault = log.fault == null ? e : log.fault;
      throw new IOException(loadingFailed(fault, System.getProperty("java.io.tmpdir")), e);
    } finally {
      log.close();
    }
  }

  /**
   * Why libraries could not be unpacked: ONNX Runtime only logs that, with a stack trace, and then
   * fails since the system has none.
   */
  private static final class LoadingLog extends Handler {
    private final Logger logger = Logger.getLogger("ai.onnxruntime.OnnxRuntime");
    private @Nullable Throwable fault;

    LoadingLog() {
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord entry) {
      fault = fault == null ? entry.getThrown() : fault;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }

  /**
   * Loads the native libraries, if they are not yet, and tells their version.
   *
   * @throws IOException if they can't be unpacked or loaded; it says why, and the cure
   */
  public static String load() throws IOException {
    return environment().getVersion();
  }

  /** Whether this build can use NVIDIA GPUs at all. */
  public static boolean isForGpus() {
    return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
  }

  /**
   * Tries to start CUDA. What it misses beyond that shows when a model is opened.
   *
   * @param index number of the GPU, from 0 on
   * @throws IOException if CUDA can't start; it says what is missing
   */
  public static void tryCuda(int index) throws IOException {
    environment();
    try (SessionOptions options = new SessionOptions()) {
      addCuda(options, index);
    }
  }

  /** Version of the library that {@link #environment} has loaded. */
  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  /** Why ONNX Runtime may have failed to load, and the cure. */
  static String loadingFailed(Throwable fault, String temporaryFolder) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage());
    if (cause instanceof NoSuchFileException) {
      reason = "there is no such folder";
    } else if (cause instanceof AccessDeniedException) {
      reason = "the folder may not be written";
    }
    return "ONNX Runtime can't be loaded ("
        + reason
        + "): it unpacks 30 MB into the temporary folder "
        + temporaryFolder
        + ", which needs the space and must allow programs; name another folder with"
        + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR, or with -Donnxruntime.native.path=DIR one that"
        + " holds the libraries";
  }

  /**
   * Settings that make a session's results depend on the model and its input alone: one thread, in
   * the order of the graph.
   */
  static SessionOptions options() throws OrtException {
    SessionOptions options = new SessionOptions();
    try {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OptLevel.ALL_OPT);
      // Waiting threads would take the cores of the other jobs.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.inter_op.allow_spinning", "0");
      // Patterns are kept for each length seen, of which there are as many as files.
      options.setMemoryPatternOptimization(false);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      return options;
    } catch (OrtException e) {
      options.close();
      throw e;
    }
  }

  /**
   * Adds a GPU to a session's settings.
   *
   * @throws IOException if CUDA can't start; it says what is missing
   */
  static void addCuda(SessionOptions options, int index) throws IOException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
      // The default search measures every convolution anew for every length.
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      // 10 bits of mantissa are audible in some vocoders.
      cuda.add("use_tf32", "0");
      options.addCUDA(cuda);
    } catch (OrtException | LinkageError e) {
      throw new IOException(cudaFailed("cuda:" + index, String.valueOf(e.getMessage())), e);
    }
  }

  /** Why CUDA can't start, in words that name the cure. */
  static String cudaFailed(String device, String message) {
    Matcher library = LIBRARY.matcher(OWN.matcher(message).replaceAll(""));
    String reason;
    if (message.contains("Failed to find CUDA") || message.contains("not compiled with CUDA")) {
      reason = "this build of Vocalise is for processors only: build it with 'mvn -Pcuda package'";
    } else if (library.find()) {
      reason =
          library.group(1)
              + " is missing: install CUDA 12 and cuDNN 9, and put their libraries on the"
              + " library path";
    } else {
      reason = message + ": see that a GPU, its driver, CUDA 12 and cuDNN 9 are there";
    }
    return device + " can't be used: " + reason + "; or use --device cpu";
  }
}
