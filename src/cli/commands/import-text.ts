import type { Client } from '../../api/client.ts';
import { usageError } from '../cli-error.ts';
import { type Context, print, printJson, withSession } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import {
  type Binding,
  type ImportBody,
  parseAnswers,
  parseBindings,
  parseMetrics,
  parseOnly,
} from '../import-choices.ts';
import { askAboutDrafts } from '../import-questions.ts';
import { mayPrompt } from '../io.ts';
import { type ObjectSchema, parsePairs, typedValues } from '../key-values.ts';
import { readDocument } from '../read-document.ts';
import { renderDrafts, renderImported } from '../render/drafts.ts';
import { voiceOf } from '../render/voice.ts';
import { lookOf, showCreated } from '../show.ts';

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
  return withSession(context, async ({ client }) => {
    if (chosen === null) return showDrafts(context, client, path, { text, cycle: cycle ?? null });
    const given = { answers: chosen.answers, metrics: chosen.metrics };
    // What stdin held was the text, so nobody can answer there.
    const asks = path !== '-' && options.input !== false && !context.settings.json && mayPrompt(context.io);
    const asked = asks
      ? await askAboutDrafts(
          context,
          client,
          await client.call('readTextDrafts', { body: { text, cycle: chosen.cycle } }),
          chosen,
        )
      : { answers: given.answers, bindings: chosen.bindings };
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

/** Everything that the flags say; null when nothing is to be stored. */
export type Chosen = {
  cycle: string;
  objective: string | null;
  answers: { line: string; option: string }[];
  metrics: { line: string; metric: string }[];
  only: string[] | null;
  bindings: Binding[];
};

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

async function showDrafts(
  context: Context,
  client: Client,
  path: string,
  body: { text: string; cycle: string | null },
): Promise<number> {
  const drafts = await client.call('readTextDrafts', { body });
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
    typed.push({ line, connection, params: await typedFor(client, connection, params) });
  }
  return typed;
}

/** A name stands for one type on a connection; where metrics differ in it, the API says what it takes. */
async function typedFor(
  client: Client,
  connection: string,
  params: Record<string, string>,
): Promise<Record<string, unknown>> {
  if (Object.keys(params).length === 0) return {};
  const { data } = await client.call('listMeasurable', { params: { id: connection } });
  const schemas = data
    .filter(({ catalog }) => catalog !== undefined)
    .map((metric) => metric.params as ObjectSchema);
  const properties = Object.assign({}, ...schemas.map((schema) => schema.properties ?? {})) as NonNullable<
    ObjectSchema['properties']
  >;
  return typedValues(params, { properties }, '--bind');
}

export type MeasureOptions = { connection: string; metric?: string; param?: string[] };

/** `tidemark kr measure KEY --connection CONNECTION`: by the metric of the catalogue that the Key Result means. */
export async function krMeasureCommand(
  context: Context,
  key: string,
  options: MeasureOptions,
): Promise<number> {
  const given = parsePairs(options.param ?? [], '--param');
  return withSession(context, async ({ client }) => {
    const { connection, metric } = options;
    const params = await typedFor(client, connection, given);
    const answer = await client.call('measureKeyResult', {
      params: { id: key },
      body: { connection, params, ...(metric === undefined ? {} : { metric }) },
    });
    const { say } = voiceOf(lookOf(context));
    const named = {
      key: answer.keyResult.key,
      metric: answer.metric.key,
      connection: answer.metric.connectionKey,
    };
    const sentence = say('drafts.measured', {
      ...named,
      command: `tidemark sync now --key-result ${named.key}`,
    });
    showCreated(
      context,
      answer,
      answer.sameWindow ? sentence : `${sentence} (${say('drafts.other_window')})`,
    );
    return exitCodes.done;
  });
}
