import type { z } from 'zod';

/** What every job is given besides its own dependencies. */
export type JobContext = {
  /** Aborted when the lease is lost or the worker shuts down. */
  signal: AbortSignal;
  log: JobLog;
};

export type JobLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type Job<Payload, Deps, Result> = {
  name: string;
  /** Queue data is stored in clear text: ids only. */
  payload: z.ZodType<Payload>;
  run(payload: Payload, deps: Deps, context: JobContext): Promise<Result>;
};

/** A job is a value; this only gives its parts their types. */
export function defineJob<Payload, Deps, Result>(
  job: Job<Payload, Deps, Result>,
): Job<Payload, Deps, Result> {
  return job;
}
