/** Why a message was not taken. `rejected`: this message is refused, others may pass. */
export type DeliveryErrorClass = 'transient' | 'rate_limited' | 'gone' | 'rejected' | 'blocked_destination';

export type DeliveryInput = {
  errorClass: DeliveryErrorClass;
  /** Attempts made, this one included. */
  attempt: number;
  /** Since the message was written. */
  ageMs: number;
  /** What the receiver asked for, or null. */
  afterMs: number | null;
  /** 0 (inclusive) to 1 (exclusive), drawn by the caller. */
  random: number;
};
export type DeliveryDecision = { action: 'retry'; delayMs: number } | { action: 'give_up' };

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** After the first attempt; then hourly. */
const delaysMs = [5 * secondMs, 30 * secondMs, 2 * minuteMs, 10 * minuteMs, 30 * minuteMs];
const giveUpAfterMs = 72 * hourMs;
const rejectedAttempts = 3;

/**
 * Whether and when a message goes out again: 5 s, 30 s, 2 min, 10 min, 30 min, then hourly for three days, each a
 * fifth longer or shorter so that receivers are not hit in step. A receiver's own wish is a floor.
 */
export function deliveryDecision(input: DeliveryInput): DeliveryDecision {
  const { errorClass, attempt, ageMs, afterMs, random } = input;
  if (errorClass === 'gone' || errorClass === 'blocked_destination') return { action: 'give_up' };
  if (errorClass === 'rejected' && attempt >= rejectedAttempts) return { action: 'give_up' };
  if (ageMs >= giveUpAfterMs) return { action: 'give_up' };
  const base = delaysMs[attempt - 1] ?? hourMs;
  return { action: 'retry', delayMs: Math.max(Math.trunc(base * (0.8 + 0.4 * random)), afterMs ?? 0) };
}
