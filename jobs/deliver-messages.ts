import { deliveryDecision } from '../src/domain/delivery.ts';
import type { JobLog } from './define-job.ts';
import { type Loop, startLoop } from './loop.ts';

/** A message that this relay holds a lease on. */
export type OutgoingMessage = {
  id: string;
  deliveryId: string;
  kind: string;
  attempts: number;
  createdAt: Date;
  now: Date;
};

export type SendResult =
  | { ok: true; status: number | null }
  | {
      ok: false;
      errorClass: 'transient' | 'rate_limited' | 'gone' | 'rejected' | 'blocked_destination';
      status: number | null;
      afterMs?: number | undefined;
      /** Recipients that have it, while others put it off: the next attempt is for the rest. */
      taken?: string[] | undefined;
    };

export type Settlement =
  | { status: 'delivered'; httpStatus: number | null }
  | {
      status: 'retry';
      delayMs: number;
      errorClass: string;
      httpStatus: number | null;
      taken?: string[] | undefined;
    }
  | { status: 'dead'; errorClass: string; httpStatus: number | null; disableChannel: string | null };

export type DeliveryDeps<Message extends OutgoingMessage> = {
  claim(limit: number): Promise<Message[]>;
  send(message: Message, signal: AbortSignal): Promise<SendResult>;
  settle(message: Message, settlement: Settlement, durationMs: number): Promise<void>;
  giveBack(): Promise<void>;
};

const PAUSE_MS = 500;
const CLAIM = 5;
/** Each send takes 15 s at most and a lease lasts 120 s: what is not begun by then goes back. */
const BUDGET_MS = 90_000;

/**
 * The relay of the outbox: sends one message after the other and records each at once. A message is sent again only
 * when the process dies between the two, and then under the same id.
 */
export function startRelay<Message extends OutgoingMessage>(deps: DeliveryDeps<Message>, log: JobLog): Loop {
  const loop = startLoop('relay', PAUSE_MS, log, async (signal) => {
    const messages = await deps.claim(CLAIM);
    const until = performance.now() + BUDGET_MS;
    for (const message of messages) {
      if (signal.aborted || performance.now() > until) {
        await deps.giveBack();
        break;
      }
      const startedAt = performance.now();
      const result = await deps.send(message, signal);
      const settlement = settlementOf(message, result);
      const durationMs = performance.now() - startedAt;
      await deps.settle(message, settlement, durationMs);
      log.info(
        {
          event: 'message_settled',
          delivery: message.deliveryId,
          kind: message.kind,
          outcome: settlement.status,
          durationMs: Math.round(durationMs),
        },
        'message settled',
      );
    }
    return messages.length === CLAIM ? 'more' : 'idle';
  });
  return {
    async stop() {
      await loop.stop();
      await deps.giveBack();
    },
  };
}

function settlementOf(message: OutgoingMessage, result: SendResult): Settlement {
  if (result.ok) return { status: 'delivered', httpStatus: result.status };
  const { errorClass, status: httpStatus } = result;
  const decision = deliveryDecision({
    errorClass,
    attempt: message.attempts + 1,
    ageMs: message.now.getTime() - message.createdAt.getTime(),
    afterMs: result.afterMs ?? null,
    random: Math.random(),
  });
  if (decision.action === 'retry')
    return { status: 'retry', delayMs: decision.delayMs, errorClass, httpStatus, taken: result.taken };
  const disableChannel =
    errorClass === 'gone' ? 'The receiver answered 410: it wants no more messages.' : null;
  return { status: 'dead', errorClass, httpStatus, disableChannel };
}
