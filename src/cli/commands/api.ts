import type { Io } from '../io.ts';
import { type ServeOptions, serve } from './start.ts';
import { needsServers } from './worker.ts';

/** Runs the API and the page alone, beside workers of their own. */
export async function apiCommand(options: ServeOptions, io: Io): Promise<number> {
  needsServers(io, 'api');
  return serve(options, io, ['api'], async ({ api }) => {
    if (api !== null)
      io.stderr.write(
        `Tidemark's API runs on ${api.url}\nOpen (works once, for 30 minutes): ${await api.signInLink()}\n`,
      );
  });
}
