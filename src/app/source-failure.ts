import type { ReadFailure } from './ports.ts';

/** A provider's failure in the middle of something that is taken piece by piece. */
export class SourceFailure extends Error {
  readonly failure: ReadFailure;

  constructor(failure: ReadFailure, cause: unknown) {
    super(failure.message, { cause });
    this.name = 'SourceFailure';
    this.failure = failure;
  }
}
