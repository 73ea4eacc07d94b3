import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { setPassword } from '../app/passwords.ts';
import { signIn, signInByLink } from '../app/sign-in.ts';
import { keepSession, refuseForeignPage, type Tokens } from './access.ts';
import type { setPasswordSchema, signInSchema } from './contracts/access.ts';

/** The routes that are open to people who are not known yet: each ends with a session, or with nothing. */
export const openRoutes = {
  createSession: (tokens: Tokens, request: FastifyRequest, body: z.output<typeof signInSchema>) =>
    'token' in body
      ? signInByLink(tokens.access, body.token, visitOf(request))
      : signIn(tokens.access, body, visitOf(request)),
  setPassword: (tokens: Tokens, request: FastifyRequest, body: z.output<typeof setPasswordSchema>) =>
    setPassword(tokens.access, body, visitOf(request)),
};
export type OpenRoute = keyof typeof openRoutes;

export function isOpenRoute(name: string): name is OpenRoute {
  return Object.hasOwn(openRoutes, name);
}

/** @param body has passed the schema of the route */
export async function serveOpen(
  name: OpenRoute,
  tokens: Tokens,
  request: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
): Promise<FastifyReply> {
  // Another site's page must not sign its visitors in as somebody else.
  refuseForeignPage(request, false);
  const session = await openRoutes[name](tokens, request, body as never);
  keepSession(reply, tokens, session);
  return reply.code(204).send();
}

function visitOf(request: FastifyRequest) {
  return { ip: request.ip, requestId: request.id };
}
