import type { Client } from '../../api/client.ts';
import type { Board } from '../../api/contract.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { type GroupBy, renderBoard } from '../render/board.ts';
import { lookOf } from '../show.ts';

export type StatusOptions = {
  cycle?: string;
  asOf?: string;
  watch?: boolean;
  ndjson?: boolean;
  group?: GroupBy;
};

const watchEveryMs = 5_000;
/** Clears the screen and goes to its first line. */
const clearScreen = '\u001b[2J\u001b[H';

/** `tidemark status`: the board, once or until Ctrl-C. */
export async function statusCommand(context: Context, options: StatusOptions): Promise<number> {
  if (options.watch === true && context.settings.json) {
    throw usageError(
      '--json answers once, and --watch goes on',
      'Use --watch --ndjson for one board a line.',
    );
  }
  if (options.watch === true && options.asOf !== undefined) {
    throw usageError('--as-of shows the past, and --watch goes on', 'Leave one of them out.');
  }
  return withSession(context, async ({ client }) => {
    if (options.watch === true) return watch(context, client, options);
    const board = await readBoard(client, options);
    if (options.ndjson === true) context.io.stdout.write(`${JSON.stringify(board)}\n`);
    else if (context.settings.json) printJson(context, board);
    else print(context, drawn(context, board, options));
    return exitCodes.done;
  });
}

async function watch(context: Context, client: Client, options: StatusOptions): Promise<number> {
  const { io } = context;
  let before = '';
  while (!io.interrupted.aborted) {
    const board = await readBoard(client, options);
    const text = options.ndjson === true ? JSON.stringify(board) : drawn(context, board, options);
    // A pipe gets a board only when something changed, apart from the clock that it was read by.
    const content = JSON.stringify({ ...board, now: null });
    if (options.ndjson !== true && io.stdoutIsTty) io.stdout.write(`${clearScreen}${text}\n`);
    else if (content !== before) io.stdout.write(`${text}\n`);
    before = content;
    await io.wait(watchEveryMs, io.interrupted);
  }
  throw io.interrupted.reason;
}

function readBoard(client: Client, { asOf, cycle }: StatusOptions): Promise<Board> {
  return client.call('getBoard', {
    query: { ...(cycle === undefined ? {} : { cycle }), ...(asOf === undefined ? {} : { asOf }) },
  });
}

function drawn(context: Context, board: Board, { group }: StatusOptions): string {
  return renderBoard(board, lookOf(context, new Date(board.now)), group ?? null);
}
