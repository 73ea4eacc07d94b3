import type { protos } from '@google-analytics/data';

export type BatchRequest = protos.google.analytics.data.v1beta.IBatchRunReportsRequest;
export type ReportRequest = protos.google.analytics.data.v1beta.IRunReportRequest;
export type CompatibilityRequest = protos.google.analytics.data.v1beta.ICheckCompatibilityRequest;
export type FunnelRequest = protos.google.analytics.data.v1alpha.IRunFunnelReportRequest;

/** Asks for a row that holds the sums over all rows: `MetricAggregation.TOTAL` of the Data API. */
export const TOTAL = 1;

/**
 * The official client over one transport, with the calls that are needed. Funnels and the snapshot of the quota are of
 * the early API (v1alpha), a client of its own. `close` lets go of the sockets of both.
 */
export type Caller = {
  batchRunReports(request: BatchRequest): Promise<unknown>;
  getMetadata(name: string): Promise<unknown>;
  checkCompatibility(request: CompatibilityRequest): Promise<unknown>;
  runFunnelReport(request: FunnelRequest): Promise<unknown>;
  getPropertyQuotasSnapshot(name: string): Promise<unknown>;
  close(): Promise<void>;
};

/** Half of what a standard property takes at a time, because other tools share it. */
export const limits = { requestsPerSecond: 10, concurrent: 5 };
