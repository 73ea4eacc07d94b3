import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../app/errors.ts';
import { isFirstWorkspace } from '../app/workspaces.ts';
import { authenticate } from './access.ts';
import type { AppOptions } from './app.ts';
import { authorize } from './authorize.ts';
import type { RequestGate } from './gate.ts';
import { notAllowedHere } from './methods.ts';

/** The dashboard of the queue, which asks nobody who they are. The server hands it in. */
export type QueueBoard = {
  /** Serves page, files and answers below its prefix. */
  pages: FastifyPluginCallback<{ prefix: string }>;
  /** Opens the queue when somebody first looks. @throws when the queue does not answer */
  open(): Promise<void>;
};

export const QUEUE_BOARD_PATH = '/queues';

const access = { access: 'admin', method: 'GET' } as const;
const READS = ['GET', 'HEAD'];

/**
 * What its page needs beyond our own, and here alone: an address that its links start at, and styles inside of the page. It
 * runs no script but its own files, and reaches no other host.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Its page wants a font of a foreign host, which the policy refuses; without the line nobody is asked in vain. */
const FOREIGN_LINK = /<link\b[^>]*href="https?:[^>]*>/g;

/**
 * The queue as it stands, to look at. Nothing can be done to it there: what is to run is decided by the tables, and a job
 * that somebody removed would come again. One queue serves all workspaces, and how busy the others are is not for each of
 * their admins: those of the first workspace run the installation (they make the others), so they and the operator see it.
 */
export function queueBoard(
  app: FastifyInstance,
  board: QueueBoard,
  options: Pick<AppOptions, 'tokens'>,
  gate: RequestGate,
  signInPage: (reply: FastifyReply) => FastifyReply | null,
): void {
  const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const caller = await gate.knownCaller(request, reply, () => authenticate(request, options.tokens));
    await authorize(caller, access);
    if (!(await isFirstWorkspace(options.tokens.access, caller.workspace.id))) throw notTheirs();
    if (READS.includes(request.method)) return;
    void reply.header('allow', READS.join(', '));
    throw notAllowedHere(request.method, READS);
  };
  void app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      try {
        await admit(request, reply);
      } catch (error) {
        const page = isUnknown(error) && wantsPage(request) ? signInPage(reply.code(401)) : null;
        if (page === null) throw error;
        return page;
      }
      void reply.header('content-security-policy', POLICY).header('cache-control', 'no-store');
      await board.open();
      return undefined;
    });
    scope.addHook('onSend', async (_request, reply, payload) =>
      typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html')
        ? payload.replace(FOREIGN_LINK, '')
        : payload,
    );
    await scope.register(board.pages, { prefix: QUEUE_BOARD_PATH });
  });
}

function isUnknown(error: unknown): boolean {
  return error instanceof AppError && error.kind === 'unauthorized';
}

/** Somebody who opens the address in a browser. */
function wantsPage({ headers, method }: FastifyRequest): boolean {
  return method === 'GET' && (headers.accept ?? '').includes('text/html');
}

function notTheirs(): AppError {
  return new AppError(
    'forbidden',
    'first_workspace_only',
    'The queue is that of the whole installation: the admins of its first workspace see it.',
    'Switch to that workspace, or ask one of them.',
  );
}
