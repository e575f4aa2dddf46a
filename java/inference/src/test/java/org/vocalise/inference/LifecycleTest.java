package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelSource;

/** Closing, interrupting, sharing and replacing models while they run. */
final class LifecycleTest {
  @TempDir private Path folder;

  @Test
  void closingRacesWithRunningCalls() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    Mel mel = OnnxVocoderTest.mel(400);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 40; round++) {
        OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), 1 + round % 3);
        CountDownLatch started = new CountDownLatch(4);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          calls.add(
              pool.submit(
                  () -> {
                    while (true) {
                      vocoder.vocode(
                          MelSource.of(mel), (samples, offset, length) -> started.countDown());
                    }
                  }));
        }
        started.await();
        vocoder.close();
        vocoder.close();
        for (Future<?> call : calls) {
          ExecutionException e = assertThrows(ExecutionException.class, call::get);
          assertInstanceOf(IllegalStateException.class, e.getCause());
          assertTrue(String.valueOf(e.getMessage()).contains("has been closed"), e.getMessage());
        }
      }
    } finally {
      pool.shutdownNow();
      assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void interruptEndsASynthesisAndTheVocoderGoesOn() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    Mel mel = OnnxVocoderTest.mel(20_000);
    float[] before = OnnxVocoderTest.vocode(file, OnnxVocoderTest.mel(200));
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), 2)) {
      AtomicReference<Throwable> fault = new AtomicReference<>();
      CountDownLatch started = new CountDownLatch(1);
      Thread thread =
          new Thread(
              () -> {
                try {
                  while (true) {
                    vocoder.vocode(
                        MelSource.of(mel), (samples, offset, length) -> started.countDown());
                  }
                } catch (Exception e) {
                  fault.set(e);
                }
              });
      thread.start();
      started.await();
      thread.interrupt();
      thread.join(30_000);
      assertInstanceOf(InterruptedException.class, fault.get());
      assertArrayEquals(before, OnnxVocoderTest.vocode(vocoder, OnnxVocoderTest.mel(200)));
    }
  }

  @Test
  void interruptEndsARunInsideOnnxRuntime() throws Exception {
    // One chunk that takes minutes.
    var metadata = TinyModels.metadata(OutputKind.MAGNITUDE);
    metadata.put("vocalise.chunk_frames", "60000");
    Path file =
        TinyModels.builder(OutputKind.MAGNITUDE, 1)
            .metadata(metadata)
            .write(folder.resolve("long.onnx"));
    try (OnnxModel model = OnnxModel.open(file, new Device.Cpu());
        ChunkBuffers buffers = new ChunkBuffers(ModelMetadata.of(OnnxFile.read(file)))) {
      int frames = 60_000;
      ModelRun run =
          model.start(
              java.util.Map.of(ModelCheck.INPUT, buffers.mel(frames)), buffers.outputs(frames));
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, run::await);
    }
  }

  @Test
  void streamIsClosedInTheMiddle() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.COMPLEX);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), 3)) {
      Mel mel = OnnxVocoderTest.mel(500);
      VocoderStream stream = vocoder.stream((samples, offset, length) -> {});
      stream.accept(mel.values(), 500);
      stream.close();
      stream.close();
      VocoderStream finished = vocoder.stream((samples, offset, length) -> {});
      finished.finish();
      assertThrows(IllegalStateException.class, () -> finished.accept(mel.values(), 500));
    }
  }

  @Test
  void modelFileMayBeReplacedWhileItRuns() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    Mel mel = OnnxVocoderTest.mel(200);
    float[] expected = OnnxVocoderTest.vocode(file, mel);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file)) {
      Files.write(file, new byte[10]);
      assertArrayEquals(expected, OnnxVocoderTest.vocode(vocoder, mel));
      Files.delete(file);
      assertArrayEquals(expected, OnnxVocoderTest.vocode(vocoder, mel));
    }
  }

  @Test
  void manyShortMelsNeedNoMoreMemory() throws Exception {
    Path status = Path.of("/proc/self/status");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(status), "needs /proc");
    Path file = TinyModels.write(folder, OutputKind.COMPLEX);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file)) {
      for (int i = 0; i < 300; i++) {
        OnnxVocoderTest.vocode(vocoder, OnnxVocoderTest.mel(1 + i % 97));
      }
      System.gc();
      long before = resident(status);
      for (int i = 0; i < 1500; i++) {
        OnnxVocoderTest.vocode(vocoder, OnnxVocoderTest.mel(1 + i % 97));
      }
      System.gc();
      long grown = resident(status) - before;
      // Each call's tensors are 0.4 MB: a leak would be 600 MB.
      assertTrue(grown < 100_000, "resident memory grew by " + grown + " kB");
    }
  }

  private static long resident(Path status) throws IOException {
    String line =
        Files.readAllLines(status).stream()
            .filter(text -> text.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  @Test
  void devicesAreReadAndFaultsOfCudaExplained() throws Exception {
    assertEquals(new Device.Cuda(2), Device.parse("cuda:2"));
    assertEquals(new Device.Cuda(0), Device.parse("cuda"));
    for (String wrong : List.of("gpu", "cuda:", "cuda:-1", "")) {
      assertThrows(IllegalArgumentException.class, () -> Device.parse(wrong));
    }
    String missing =
        OnnxRuntime.cudaFailed(
            "cuda:0",
            "Error code - ORT_FAIL - Failed to load library libonnxruntime_providers_cuda.so with"
                + " error: libcudnn.so.9: cannot open shared object file");
    assertTrue(missing.contains("cuda:0 can't be used: libcudnn.so.9 is missing"), missing);
    assertTrue(missing.endsWith("or use --device cpu"), missing);
    String windows =
        OnnxRuntime.cudaFailed(
            "cuda:1",
            "Error loading C:\\\\onnxruntime_providers_cuda.dll which depends on cublasLt64_12.dll");
    assertTrue(windows.contains("cuda:1 can't be used: cublasLt64_12.dll is missing"), windows);
    String driver = OnnxRuntime.cudaFailed("cuda:0", "CUDA failure 35: driver is too old");
    assertTrue(driver.contains("driver is too old: see that a GPU, its driver"), driver);
  }

  @Test
  void faultsOfLoadingNameTheFolderAndTheCure() {
    String full = OnnxRuntime.loadingFailed(new IOException("No space left on device"), "/t");
    assertTrue(full.contains("(No space left on device): it unpacks 30 MB into the"), full);
    assertTrue(full.contains("temporary folder /t, which needs the space"), full);
    assertTrue(full.contains("JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR"), full);
    Throwable none = new RuntimeException(new NoSuchFileException("/t/onnxruntime-java7"));
    assertTrue(OnnxRuntime.loadingFailed(none, "/t").contains("(there is no such folder)"));
    Throwable closed = new AccessDeniedException("/t/onnxruntime-java7");
    assertTrue(OnnxRuntime.loadingFailed(closed, "/t").contains("(the folder may not be written)"));
  }

  @Test
  void runtimeTellsItsVersionAndWhetherItIsForGpus() throws IOException {
    assertEquals("1.29.0", OnnxRuntime.load());
    if (!OnnxRuntime.isForGpus()) {
      IOException e = assertThrows(IOException.class, () -> OnnxRuntime.tryCuda(0));
      assertTrue(String.valueOf(e.getMessage()).contains("for processors only"), e.getMessage());
    }
  }

  @Test
  void autoFallsBackWhereCudaItselfFails() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    String fault = null;
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cuda(0), 1)) {
      assertEquals(new Device.Cuda(0), vocoder.device());
    } catch (IOException e) {
      fault = String.valueOf(e.getMessage());
      assertTrue(fault.startsWith("cuda:0 can't be used: "), fault);
    }
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Auto(), 1)) {
      assertEquals(fault == null ? new Device.Cuda(0) : new Device.Cpu(), vocoder.device());
      assertEquals(fault, vocoder.fallback());
    }
  }
}
