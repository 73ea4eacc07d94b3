import type { Client } from '../../api/client.ts';
import { type DraftsView, draftsSchema } from '../../api/contracts/import.ts';
import { catalogParams } from '../catalog-params.ts';
import { CliError, NothingToStartFrom, usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import {
  type Binding,
  type Chosen,
  type ImportBody,
  parseAnswers,
  parseBindings,
  parseMetrics,
  parseOnly,
} from '../import-choices.ts';
import { askAboutDrafts } from '../import-questions.ts';
import { mayPrompt } from '../io.ts';
import { readDocument } from '../read-document.ts';
import { renderDrafts, renderImported } from '../render/drafts.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf } from '../show.ts';

export type ImportTextOptions = {
  save?: boolean;
  cycle?: string;
  objective?: string;
  answer?: string[];
  metric?: string[];
  only?: string[];
  bind?: string[];
  input?: boolean;
};

/** `tidemark import text FILE`: what the text is read as; with `--save`, stored all at once. */
export async function importTextCommand(
  context: Context,
  path: string,
  options: ImportTextOptions,
): Promise<number> {
  const chosen = choicesOf(options);
  const text = await readDocument(context.io, path);
  const { cycle } = options;
  if (chosen === null) return showDrafts(context, path, await draftsOf(context, text, cycle ?? null));
  return withSession(context, async ({ client }) => {
    // What stdin held was the text, so nobody can answer there.
    const asks = path !== '-' && options.input !== false && !context.settings.json && mayPrompt(context.io);
    const asked = asks ? await ask(context, client, text, chosen) : chosen;
    const bindings = await typedBindings(client, asked.bindings);
    const answer = await client.call('importText', {
      body: {
        text,
        cycle: chosen.cycle,
        objective: chosen.objective,
        only: chosen.only,
        metrics: chosen.metrics,
        answers: asked.answers,
        bindings,
      },
    });
    if (context.settings.json) printJson(context, answer);
    else print(context, renderImported(answer, lookOf(context)));
    return exitCodes.done;
  });
}

function choicesOf(options: ImportTextOptions): Chosen | null {
  const { answer = [], bind = [], cycle, metric = [], objective, only = [], save } = options;
  const chosen = {
    answers: parseAnswers(answer),
    metrics: parseMetrics(metric),
    only: only.length === 0 ? null : parseOnly(only),
    bindings: parseBindings(bind),
  };
  if (save !== true) {
    const flags = Object.entries({
      answer,
      bind,
      metric,
      only,
      objective: objective === undefined ? [] : [objective],
    });
    const strange = flags.find(([, values]) => values.length > 0);
    if (strange === undefined) return null;
    throw usageError(
      `--${strange[0]} is about what is stored, and nothing is stored without --save`,
      'Add --save --cycle KEY.',
    );
  }
  if (cycle === undefined)
    throw usageError('--save needs --cycle', 'See the cycles with: tidemark cycle list');
  return { ...chosen, cycle, objective: objective ?? null };
}

async function ask(
  context: Context,
  client: Client,
  text: string,
  chosen: Chosen,
): Promise<Pick<Chosen, 'answers' | 'bindings'>> {
  const drafts = await client.call('readTextDrafts', { body: { text, cycle: chosen.cycle } });
  await refuseKnown(client, drafts, chosen);
  return askAboutDrafts(context, client, drafts, chosen);
}

/** Storing refuses what is there already; before questions are answered for nothing, that is said. */
async function refuseKnown(client: Client, drafts: DraftsView, { cycle, only }: Chosen): Promise<void> {
  const board = await client.call('getBoard', { query: { cycle } });
  const rows = board.objectives.flatMap(({ keyResults }) => keyResults);
  const keyOf = (text: string) =>
    rows.find((row) => (row.definition?.text ?? row.title) === text)?.key ?? null;
  const wanted = [...drafts.objectives.flatMap(({ keyResults }) => keyResults), ...drafts.keyResults].filter(
    ({ at }) => only === null || only.includes(at),
  );
  const known = wanted.flatMap(({ at, text }) => {
    const key = keyOf(text);
    return key === null ? [] : [`${key} (line ${at})`];
  });
  if (known.length === 0) return;
  const fresh = wanted.filter(({ text }) => keyOf(text) === null).map(({ at }) => `--only ${at}`);
  throw new CliError(`The cycle "${cycle}" has this already: ${known.join(', ')}`, {
    exitCode: exitCodes.conflict,
    next:
      fresh.length === 0
        ? 'Nothing in the text is new. Nothing was stored.'
        : `Import only what is new: ${fresh.join(' ')}. Nothing was stored.`,
  });
}

/** Reading needs no workspace: where there is none yet, the text is read by itself. */
async function draftsOf(context: Context, text: string, cycle: string | null): Promise<DraftsView> {
  try {
    return await withSession(context, ({ client }) =>
      client.call('readTextDrafts', { body: { text, cycle } }),
    );
  } catch (error) {
    if (!(error instanceof NothingToStartFrom) || cycle !== null) throw error;
    return draftsSchema.parse((await import('../stack.ts')).draftsAlone(text));
  }
}

function showDrafts(context: Context, path: string, drafts: DraftsView): number {
  if (context.settings.json) {
    printJson(context, drafts);
    return exitCodes.done;
  }
  const look = lookOf(context);
  print(context, renderDrafts(drafts, look));
  const asked = [...drafts.objectives.flatMap(({ keyResults }) => keyResults), ...drafts.keyResults];
  const answers = asked.flatMap(({ at, question }) => (question === null ? [] : [` --answer ${at}=…`]));
  const file = /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
  const command = `tidemark import text ${file} --save --cycle ${drafts.cycle?.key ?? 'KEY'}${answers.join('')}`;
  if (asked.length > 0) print(context, `\n${voiceOf(look).say('drafts.store', { command })}`);
  return exitCodes.done;
}

/** Parameters as the connector's own schema asks for them. */
async function typedBindings(
  client: Client,
  bindings: readonly Binding[],
): Promise<NonNullable<ImportBody['bindings']>> {
  const typed: NonNullable<ImportBody['bindings']> = [];
  for (const { connection, line, params } of bindings) {
    typed.push({ line, connection, params: await catalogParams(client, connection, params) });
  }
  return typed;
}
