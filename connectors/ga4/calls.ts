import type { protos } from '@google-analytics/data';

export type BatchRequest = protos.google.analytics.data.v1beta.IBatchRunReportsRequest;
export type ReportRequest = protos.google.analytics.data.v1beta.IRunReportRequest;

/** Asks for a row that holds the sums over all rows: `MetricAggregation.TOTAL` of the Data API. */
export const TOTAL = 1;

/** The official client over one transport, with the two calls that are needed. `close` lets go of its sockets. */
export type Caller = {
  batchRunReports(request: BatchRequest): Promise<unknown>;
  getMetadata(name: string): Promise<unknown>;
  close(): Promise<void>;
};

/** Half of what a standard property takes at a time, because other tools share it. */
export const limits = { requestsPerSecond: 10, concurrent: 5 };
