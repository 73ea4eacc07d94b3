import type { Client } from '../api/client.ts';
import type { Body } from '../api/client-types.ts';
import type { Preview } from '../api/contract.ts';
import type { CatalogEntryView } from '../api/contracts/catalog.ts';
import type { DraftsView, DraftView } from '../api/contracts/import.ts';
import { CliError } from './cli-error.ts';
import type { Context } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import type { Binding, Chosen } from './import-choices.ts';
import { type ObjectSchema, typedValues } from './key-values.ts';
import { requiredParams } from './render/catalog.ts';
import { draftTarget } from './render/drafts.ts';
import { formatValue } from './render/format.ts';
import { oneLine } from './render/text.ts';
import { type Voice, voiceOf } from './render/voice.ts';
import { lookOf } from './show.ts';

type Desk = { context: Context; client: Client; voice: Voice; entries: Map<string, CatalogEntryView> };
type Measurable = CatalogEntryView['measurable'][number];

/**
 * Asks on the terminal what only the owner knows: the open questions, then for each Key Result with a metric which
 * connection measures it, with the value that it has there now. What the flags have answered is not asked again.
 */
export async function askAboutDrafts(
  context: Context,
  client: Client,
  drafts: DraftsView,
  chosen: Chosen,
): Promise<Pick<Chosen, 'answers' | 'bindings'>> {
  const desk: Desk = { context, client, voice: voiceOf(lookOf(context)), entries: new Map() };
  const all = [...drafts.objectives.flatMap(({ keyResults }) => keyResults), ...drafts.keyResults];
  const wanted = all.filter(
    ({ at, line }) =>
      chosen.only === null || chosen.only.some((each) => each === at || each === String(line)),
  );
  const answers = [...chosen.answers];
  for (const draft of wanted) {
    if (draft.question === null || answers.some(({ line }) => isAt(draft, line))) continue;
    answers.push({ line: draft.at, option: await askQuestion(desk, draft, draft.question) });
  }
  const bindings = [...chosen.bindings];
  for (const draft of wanted) {
    if (bindings.some(({ line }) => isAt(draft, line))) continue;
    const other = chosen.metrics.find(({ line }) => isAt(draft, line));
    const key = other?.metric ?? draft.metric?.key;
    const binding =
      key === undefined || draft.tracking === 'check_in' ? null : await askBinding(desk, draft, key);
    if (binding !== null) bindings.push(binding);
  }
  return { answers, bindings };
}

function isAt({ at, line }: DraftView, chosen: string): boolean {
  return chosen === at || chosen === String(line);
}

async function askQuestion(
  { context, voice }: Desk,
  draft: DraftView,
  question: NonNullable<DraftView['question']>,
): Promise<string> {
  const look = lookOf(context);
  const chinese = look.lang === 'zh-CN';
  const said = chinese ? question.text.zh : question.text.en;
  const place = voice.say('drafts.line', { line: draft.at });
  const options = question.options.map(({ id, label }) => ({
    value: id,
    label: chinese ? label.zh : label.en,
  }));
  const title = `${oneLine(draft.text)} (${place}; ${draftTarget(draft, look)}) ${said}`;
  return answered(await context.io.choose(title, options));
}

/** Null: not now. A connection that does not answer is not taken, and what it said is shown. */
async function askBinding(desk: Desk, draft: DraftView, key: string): Promise<Binding | null> {
  const { context, voice } = desk;
  const entry = await entryOf(desk, key);
  if (entry.measurable.length === 0) return null;
  const options = entry.measurable.map(({ connectionKey, connectorTitle, environment, metric }) => ({
    value: connectionKey,
    label: `${connectionKey} (${environment === 'live' ? connectorTitle : `${connectorTitle}, ${environment}`}: ${metric})`,
  }));
  const title = voice.say('drafts.ask_connection', {
    line: draft.at,
    text: oneLine(draft.text),
    metric: entry.title,
  });
  const connection = answered(
    await context.io.choose(title, [...options, { value: '', label: voice.say('drafts.ask_none') }]),
  );
  const measurable = entry.measurable.find(({ connectionKey }) => connectionKey === connection);
  if (measurable === undefined) return null;
  const params: Record<string, string> = {};
  const schema = measurable.params as ObjectSchema;
  for (const name of requiredParams(schema)) {
    const about = schema.properties?.[name]?.description;
    const meaning = typeof about === 'string' ? about : '';
    const ask = voice.say('drafts.ask_param', { connection, metric: measurable.metric, name, meaning });
    params[name] = answered(await context.io.askText(ask)).trim();
  }
  const binding = { line: draft.at, connection, params };
  // Another metric than the proposed one is read as usual.
  const wanted =
    draft.metric?.key === key
      ? { params: draft.metric.params as Wanted['params'], window: draft.metric.window } // as JSON they are the same
      : undefined;
  return (await isTaken(desk, { key, measurable, given: params, wanted })) ? binding : null;
}

type Wanted = NonNullable<Body<'previewMeasurement'>['wanted']>;

/** Shows the value that it has now, read as the Key Result means it. */
async function isTaken(
  { client, context, voice }: Desk,
  {
    given,
    key,
    measurable,
    wanted,
  }: { key: string; measurable: Measurable; given: Record<string, string>; wanted: Wanted | undefined },
): Promise<boolean> {
  const { connectionKey: connection, metric } = measurable;
  const params = typedValues(given, measurable.params, '--bind');
  let preview: Preview;
  try {
    preview = await client.call('previewMeasurement', {
      params: { id: key },
      body: { connection, metric, params, ...(wanted === undefined ? {} : { wanted }) },
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ApiProblem') throw error;
    context.io.stderr.write(`${oneLine(error.message)}\n`);
    return false;
  }
  const { current } = preview;
  const value = formatValue(current?.value ?? null, preview, lookOf(context));
  const question =
    current === null
      ? voice.say('drafts.ask_no_value', { metric })
      : voice.say('drafts.ask_take', { metric, value, day: current.day });
  const yes = { value: 'yes', label: voice.say('drafts.yes') };
  return (
    answered(await context.io.choose(question, [yes, { value: 'no', label: voice.say('drafts.no') }])) ===
    'yes'
  );
}

async function entryOf({ client, context, entries }: Desk, key: string): Promise<CatalogEntryView> {
  const known = entries.get(key);
  if (known !== undefined) return known;
  const entry = await client.call('getCatalogEntry', {
    params: { id: key },
    query: { lang: context.settings.lang },
  });
  entries.set(key, entry);
  return entry;
}

function answered(answer: string | null): string {
  if (answer === null) throw new CliError('Nothing was stored', { exitCode: exitCodes.declined });
  return answer;
}
