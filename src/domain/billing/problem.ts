import type { BillingProblem } from './derived.ts';

/** MRR that cannot be worked out from what a billing system told: `object` is the id of what is at fault. */
export class BillingProblemError extends Error implements BillingProblem {
  readonly object: string;

  constructor(object: string, message: string) {
    super(message);
    this.name = 'BillingProblemError';
    this.object = object;
  }
}
