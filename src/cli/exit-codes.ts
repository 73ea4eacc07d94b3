/** What the exit status of `tidemark` says. Scripts depend on these: add, never renumber. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  declined: 3,
  notAllowed: 4,
  notFound: 5,
  conflict: 6,
  sourceFailed: 7,
  timedOut: 8,
  interrupted: 130,
  terminated: 143,
} as const;

/** The exit code for a refusal of the API, by its HTTP status. */
export function exitCodeOfStatus(status: number): number {
  if (status === 401 || status === 403) return exitCodes.notAllowed;
  if (status === 404) return exitCodes.notFound;
  if (status === 409 || status === 412 || status === 428) return exitCodes.conflict;
  if (status === 502 || status === 504) return exitCodes.sourceFailed;
  if (status === 400 || status === 413 || status === 415 || status === 422) return exitCodes.usage;
  return exitCodes.failed;
}
