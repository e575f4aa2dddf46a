package org.vocalise.training.launch;

/**
 * What a trainer uses now.
 *
 * @param memoryBytes resident memory
 * @param memoryLimitBytes most it may use; 0 if there is no limit
 * @param cpuSeconds of all its threads since it began
 */
public record Usage(long memoryBytes, long memoryLimitBytes, double cpuSeconds) {}
