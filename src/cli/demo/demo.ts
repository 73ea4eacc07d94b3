import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '../../api/contract.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { findLocalApi } from '../local-api.ts';
import { renderBoard } from '../render/board.ts';
import type { Settings } from '../settings.ts';
import { lookOf } from '../show.ts';
import { type Demo, demoFolder, forgetDemo, startDemo } from './run-demo.ts';

export type DemoCommandOptions = Settings & { once: boolean; fresh: boolean; port?: number };

const REFRESH_MS = 5_000;
/** Slack takes a message a second, and each objective with trouble is one. */
const DELIVERY_WAIT_MS = 40_000;
/** With nothing new for so long, everything was told. */
const QUIET_MS = 2_000;
const CLEAR = '\u001b[2J\u001b[H';

/** Shows Tidemark on the sandbox company. On a terminal it goes on until Ctrl-C; otherwise, and with --once, it ends. */
export async function demoCommand(options: DemoCommandOptions, io: Io): Promise<number> {
  const say = (line: string): void => {
    if (!options.quiet) io.stderr.write(`${line}\n`);
  };
  const started = performance.now();
  const running = await findLocalApi(demoFolder(options.dataDir), {});
  if (running !== null) {
    throw new CliError(`The demo already runs at ${running.url}`, {
      next: 'Use it with `npx tidemark status`, or stop it first (Ctrl-C where it runs).',
    });
  }
  if (options.fresh) forgetDemo(options.dataDir);
  const reused = existsSync(join(demoFolder(options.dataDir), 'sandbox.json'));
  say(
    'Tidemark demo · embedded PostgreSQL · sandbox company "Acme" on loopback, its data are invented · no account, no network',
  );
  say(
    reused ? '  … starting on the data of last time (start over with -- --fresh)' : '  … making the database',
  );
  const demo = await startDemo({
    dataDir: options.dataDir,
    env: io.env,
    port: options.port ?? null,
    say,
    signal: io.interrupted,
  });
  try {
    say(`  ✓ ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    await delivered(demo);
    const stays = io.stdoutIsTty && !options.once && !options.json;
    if (options.json) io.stdout.write(`${JSON.stringify(await document(demo), null, 2)}\n`);
    else if (!stays) io.stdout.write(`\n${await shown(demo, options, io, false)}\n`);
    else await stay(demo, options, io);
    return exitCodes.done;
  } finally {
    await demo.stop();
  }
}

async function stay(demo: Demo, options: DemoCommandOptions, io: Io): Promise<void> {
  const link = await demo.signInLink();
  let before = '';
  while (!io.interrupted.aborted) {
    const text = `${await shown(demo, options, io, true)}\n\nPage (the link works once): ${link}\nThis keeps updating; stop with Ctrl-C.\n`;
    if (text !== before) io.stdout.write(`${before === '' ? '\n' : CLEAR}${text}`);
    before = text;
    await io.wait(REFRESH_MS, io.interrupted).catch(() => {});
  }
}

/** Messages are on their way when the board is; they are part of what the demo shows. The last are composed a moment later. */
async function delivered(demo: Demo): Promise<void> {
  const until = performance.now() + DELIVERY_WAIT_MS;
  let quiet = { count: -1, since: performance.now() };
  while (performance.now() < until) {
    const { data: alerts } = await demo.client.call('listAlerts', { query: { open: 'true' } });
    const { data } = await demo.client.call('listDeliveries');
    const isSaid = data.length > 0 || !alerts.some(({ state }) => state === 'firing');
    const isThrough = data.every((delivery) => delivery.status !== 'pending' || delivery.attempts > 0);
    const now = performance.now();
    if (!isSaid || !isThrough || data.length !== quiet.count) quiet = { count: data.length, since: now };
    else if (now - quiet.since > QUIET_MS) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

const readBoard = (demo: Demo): Promise<Board> => demo.client.call('getBoard', { query: {} });

async function document(demo: Demo) {
  const board = await readBoard(demo);
  const { data: alerts } = await demo.client.call('listAlerts', { query: {} });
  const { data: deliveries } = await demo.client.call('listDeliveries');
  return { ...board, demo: { sandbox: true, dataDir: demo.dataDir, alerts, deliveries } };
}

async function shown(demo: Demo, options: DemoCommandOptions, io: Io, stays: boolean): Promise<string> {
  const board = await readBoard(demo);
  const lines = [renderBoard(board, lookOf({ settings: options, io }, new Date(board.now)))];
  const { data: alerts } = await demo.client.call('listAlerts', { query: {} });
  const sent = alerts.filter((each) => each.kind === 'off_track' && each.state === 'firing');
  const [first] = sent;
  if (first !== undefined) {
    const rows = board.objectives.flatMap((each) => each.keyResults);
    const named = rows.find((each) => each.id === first.keyResultId)?.title ?? first.keyResultKey;
    lines.push(
      '',
      `Sent to the sandbox inbox (webhook and Slack): ${sent.length} off track, such as "${named}".`,
    );
  }
  lines.push(
    '',
    'Next:  npx tidemark explain unit-economics.up-sell   ·   npx tidemark sandbox inbox   ·   npx tidemark sandbox break stripe',
  );
  if (!stays)
    lines.push(
      '       npm run demo   (on a terminal it keeps running, with the page)   ·   npm start   (your own data)',
    );
  return lines.join('\n');
}
