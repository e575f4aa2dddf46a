package org.vocalise.eval.report;

import org.jspecify.annotations.Nullable;

/**
 * What a person adds to a report; the pages for what is null are left out. In {@code method},
 * {@code results} and {@code findings} an empty line ends a paragraph, and lines that begin with
 * {@code "- "} are points of a list.
 *
 * @param title of the report
 * @param name of the student
 * @param studentId of the student
 * @param course that the report is for
 * @param date as it is to be printed
 * @param method how the systems were made
 * @param results words beside the table of results
 * @param findings what follows from them
 */
public record ReportInfo(
    String title,
    @Nullable String name,
    @Nullable String studentId,
    @Nullable String course,
    @Nullable String date,
    @Nullable String method,
    @Nullable String results,
    @Nullable String findings) {
  /** Nothing added. */
  public static final ReportInfo NONE =
      new ReportInfo("Scores of synthesised singing", null, null, null, null, null, null, null);
}
