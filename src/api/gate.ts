import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import type { Caller } from './access.ts';
import { type Counted, createCounter, limitHeaders, type RequestLimits, tooMany } from './rate-limit.ts';

export type RequestGate = {
  /** Counts who is not signed in, by address. @throws AppError 429 */
  admitAddress(request: FastifyRequest, reply: FastifyReply): void;
  /** Who calls, counted by token; whoever is nobody is counted by address. @throws AppError 401, 403, 429 */
  knownCaller(request: FastifyRequest, reply: FastifyReply, known: () => Promise<Caller>): Promise<Caller>;
};

export function createRequestGate(limits: RequestLimits): RequestGate {
  const byToken = createCounter('token', limits.perToken);
  const byAddress = createCounter('address', limits.perAddress);
  const admit = (counted: Counted, reply: FastifyReply): void => {
    void reply.headers(limitHeaders(counted));
    if (!counted.admitted) throw tooMany(counted);
  };
  const admitAddress = (request: FastifyRequest, reply: FastifyReply): void =>
    admit(byAddress(request.ip), reply);
  return {
    admitAddress,
    async knownCaller(request, reply, known) {
      const caller = await known().catch((error: unknown) => {
        if (error instanceof AppError && error.kind === 'unauthorized') admitAddress(request, reply);
        throw error;
      });
      admit(byToken(caller.tokenId), reply);
      return caller;
    },
  };
}
