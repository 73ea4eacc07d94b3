import type { ErrorClass, Remedy } from './types.ts';

export type ConnectorErrorFacts = {
  errorClass: ErrorClass;
  /** Short and stable, for logs and tests: the provider's own code where it has one. */
  code: string;
  remedy: Remedy;
  cause?: unknown;
  /** `metric`: it says nothing about the connection, whose other metrics can be read. By default all of it. */
  concerns?: 'metric';
};

/**
 * A read that failed, with who has to act before it can succeed. The message names the thing, the value and the
 * next step, and is shown to owners: it never holds a secret or a piece of the answer.
 */
export class ConnectorError extends Error {
  readonly errorClass: ErrorClass;
  readonly code: string;
  readonly remedy: Remedy;
  readonly concerns: 'metric' | null;

  constructor(message: string, facts: ConnectorErrorFacts) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = 'ConnectorError';
    this.errorClass = facts.errorClass;
    this.code = facts.code;
    this.remedy = facts.remedy;
    this.concerns = facts.concerns ?? null;
  }
}

/** `{ by: 'time' }`, with the wait when the provider named one. */
export function afterTime(afterMs: number | null = null): Remedy {
  return afterMs === null ? { by: 'time' } : { by: 'time', afterMs };
}

/** The stop signal of a run is not the provider's fault; the slot is simply tried again. */
export function abortedError(provider: string, cause?: unknown): ConnectorError {
  const message = `Reading ${provider} was stopped before it finished. The next run starts over.`;
  return new ConnectorError(message, {
    errorClass: 'transient',
    code: 'aborted',
    remedy: afterTime(),
    cause,
  });
}

/**
 * What a failed fetch means. Errors of the guarded fetch carry their own `errorClass` and keep it; whatever else a
 * fetch throws is a network that may be better in a minute.
 */
export function toConnectorError(error: unknown, provider = 'the provider'): ConnectorError {
  if (error instanceof ConnectorError) return error;
  const chain = causes(error);
  const guarded = chain.find((link) => typeof link.errorClass === 'string');
  if (guarded?.errorClass === 'blocked_destination') {
    const hint = 'Use a public address, or ask the operator to allow this host in TIDEMARK_EGRESS_ALLOW.';
    const message = `The address given for ${provider} may not be called. ${hint}`;
    return failure('blocked_destination', guarded.code ?? 'blocked', message, { by: 'owner', hint }, error);
  }
  if (guarded?.errorClass === 'too_large') {
    const message = `An answer of ${provider} was larger than allowed and was not read.`;
    return failure('too_large', guarded.code ?? 'too_large', message, { by: 'maintainer' }, error);
  }
  if (guarded?.errorClass === 'bad_payload') {
    const message = `${provider} sent an answer that cannot be read. The next run tries again.`;
    return failure('bad_payload', guarded.code ?? 'bad_payload', message, afterTime(), error);
  }
  if (guarded?.errorClass === 'timeout' || chain.some((link) => link.name === 'TimeoutError')) {
    const message = `${provider} did not answer in time. The next run tries again.`;
    return failure('transient', 'timeout', message, afterTime(), error);
  }
  const code =
    chain.map((link) => link.systemCode ?? link.code).find((found) => found !== undefined) ?? 'network';
  const message = `${provider} could not be reached (${code}). The next run tries again.`;
  // Lower case on purpose: provider clients retry by themselves on Node's upper-case codes.
  return failure('transient', code.toLowerCase(), message, afterTime(), error);
}

function failure(
  errorClass: ErrorClass,
  code: string,
  message: string,
  remedy: Remedy,
  cause: unknown,
): ConnectorError {
  return new ConnectorError(message, { errorClass, code, remedy, cause });
}

type Link = { name?: string; code?: string; systemCode?: string; errorClass?: string };

/** The error and what caused it, outermost first, reduced to the words it is known by. */
function causes(error: unknown): Link[] {
  const chain: Link[] = [];
  for (let at = error; typeof at === 'object' && at !== null && chain.length < 8; ) {
    const words = Object.entries(namesOf(at)).filter(([, word]) => typeof word === 'string');
    chain.push(Object.fromEntries(words));
    at = 'cause' in at ? at.cause : null;
  }
  return chain;
}

function namesOf(error: object): Record<keyof Link, unknown> {
  const { name, code, systemCode, errorClass } = error as Record<keyof Link, unknown>;
  return { name, code, systemCode, errorClass };
}
