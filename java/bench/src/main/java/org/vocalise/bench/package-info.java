/**
 * JMH benchmarks of the signal core. Build with {@code mvn -pl java/bench -am package -DskipTests},
 * then {@code java -jar java/bench/target/benchmarks.jar Fft -prof gc}.
 */
@NullMarked
package org.vocalise.bench;

import org.jspecify.annotations.NullMarked;
