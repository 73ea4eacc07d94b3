import type { Client } from '../../api/client.ts';
import type { RunView } from '../../api/contract.ts';
import { parseDurationMs } from '../amounts.ts';
import { type Context, hint, print, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { durationMs, noValue } from '../render/format.ts';
import type { Look } from '../render/look.ts';
import { paintOf } from '../render/paint.ts';
import type { Cell, Column } from '../render/table.ts';
import { oneLine } from '../render/text.ts';
import { voiceOf } from '../render/voice.ts';
import { showList } from '../show.ts';
import { wordsOf } from '../words.ts';

export type SyncOptions = { connection?: string; keyResult?: string; wait: boolean; timeout: string };

const pollEveryMs = 400;
const finished: ReadonlySet<RunView['status']> = new Set(['succeeded', 'failed', 'dead', 'skipped']);

/**
 * `tidemark sync now`: starts the runs, waits for them, and shows what each brought. Exit code 7 when a source
 * failed, 8 when a run is still going after `--timeout`.
 */
export async function syncNowCommand(context: Context, options: SyncOptions): Promise<number> {
  const timeoutMs = parseDurationMs(options.timeout, '--timeout');
  return withSession(context, async ({ client }) => {
    const { connection, keyResult } = options;
    const started = await client.call('startSync', {
      body: {
        ...(connection === undefined ? {} : { connection }),
        ...(keyResult === undefined ? {} : { keyResult }),
      },
    });
    const runs = options.wait ? await settled(context, client, started.data, timeoutMs) : started.data;
    showRuns(context, { ...started, data: runs });
    if (!options.wait) return exitCodes.done;
    if (runs.some(sourceFailed)) return exitCodes.sourceFailed;
    if (runs.every((run) => finished.has(run.status))) return exitCodes.done;
    hint(context, `Still running after ${options.timeout}. See how it went with: tidemark status`);
    return exitCodes.timedOut;
  });
}

/** The runs as they are once all have finished, or when the time is up. */
async function settled(
  context: Context,
  client: Client,
  started: readonly RunView[],
  timeoutMs: number,
): Promise<RunView[]> {
  const { io } = context;
  const deadline = io.now().getTime() + timeoutMs;
  const attempts = new Map(started.map((run) => [run.id, run.attempt]));
  // A run that failed and waits for its next attempt has said all that it can say now.
  const isOver = (run: RunView): boolean =>
    finished.has(run.status) || (awaitsRetry(run) && run.attempt > (attempts.get(run.id) ?? 1));
  let runs = [...started];
  const progress = progressLine(context);
  try {
    while (runs.some((run) => !isOver(run)) && io.now().getTime() < deadline) {
      progress.show(runs);
      await io.wait(pollEveryMs, io.interrupted);
      runs = await Promise.all(
        runs.map(async (run) => (isOver(run) ? run : client.call('getRun', { params: { id: run.id } }))),
      );
    }
  } finally {
    progress.clear();
  }
  return runs;
}

/** One line on stderr that is written over; nothing where stderr is not a terminal. */
function progressLine(context: Context): { show(runs: readonly RunView[]): void; clear(): void } {
  const { io, settings } = context;
  if (!io.stderrIsTty || settings.quiet) return { show: () => {}, clear: () => {} };
  const startedAt = io.now().getTime();
  return {
    show(runs) {
      const done = runs.filter((run) => finished.has(run.status)).length;
      const seconds = Math.round((io.now().getTime() - startedAt) / 1000);
      io.stderr.write(`\r\u001b[K${done}/${runs.length} ${wordsOf(settings.lang).connection}, ${seconds} s`);
    },
    clear: () => void io.stderr.write('\r\u001b[K'),
  };
}

/** It failed, and is tried again by itself at `notBefore`. */
function awaitsRetry(run: RunView): boolean {
  return run.status === 'queued' && run.error !== null;
}

function sourceFailed(run: RunView): boolean {
  return (
    awaitsRetry(run) ||
    run.status === 'failed' ||
    run.status === 'dead' ||
    run.metrics.some((metric) => !metric.ok)
  );
}

function showRuns(context: Context, answer: { data: RunView[]; page: { nextCursor: string | null } }): void {
  const words = wordsOf(context.settings.lang);
  const columns: Column[] = [
    { title: words.connection, priority: 9, minWidth: 12 },
    { title: words.result, priority: 8 },
    { title: words.points, priority: 5, align: 'right' },
    { title: words.changed, priority: 6, align: 'right' },
    { title: words.requests, priority: 3, align: 'right' },
    { title: words.time, priority: 4, align: 'right' },
  ];
  showList(context, answer, columns, runCells);
  if (context.settings.json) return;
  for (const run of answer.data) for (const line of failureLines(run)) print(context, `  ${oneLine(line)}`);
}

function runCells(run: RunView, look: Look): Cell[] {
  const paint = paintOf(look.color);
  const color = sourceFailed(run) ? paint.red : run.status === 'succeeded' ? paint.green : paint.dim;
  const took =
    run.startedAt === null || run.finishedAt === null
      ? noValue(look)
      : durationMs(Date.parse(run.finishedAt) - Date.parse(run.startedAt), look);
  return [
    run.connectionKey,
    { text: `${signOf(run, look)} ${resultText(run, look)}`, paint: color },
    String(run.points.read),
    String(run.points.changed),
    String(run.requests),
    took,
  ];
}

function resultText(run: RunView, look: Look): string {
  const { say } = voiceOf(look);
  if (!awaitsRetry(run)) return say(`run.${run.status}`);
  const at = new Date(run.notBefore).toLocaleTimeString(look.lang, { hour: '2-digit', minute: '2-digit' });
  return `${say('run.failed')} · ${wordsOf(look.lang).again} ${at}`;
}

function signOf(run: RunView, look: Look): string {
  if (sourceFailed(run)) return look.ascii ? 'x' : '✗';
  if (run.status === 'succeeded') return look.ascii ? '+' : '✓';
  return look.ascii ? '.' : '·';
}

function failureLines(run: RunView): string[] {
  // What is wrong with the whole connection is said once, not again for each metric.
  const failed = run.metrics.filter((metric) => !metric.ok && metric.message !== run.error?.message);
  const lines = failed.map(
    (metric) => `${run.connectionKey} ${metric.metricKey}: ${metric.message ?? 'failed'}`,
  );
  return run.error === null ? lines : [`${run.connectionKey}: ${run.error.message}`, ...lines];
}
