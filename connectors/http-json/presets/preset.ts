import type { z } from 'zod';
import {
  type CatalogMeaning,
  type Connector,
  type ConnectorContext,
  defineConnector,
  type MetricDefinition,
} from '../../sdk/index.ts';
import { acceptQuestion } from '../accept.ts';
import type { Api, Auth } from '../api.ts';
import { type CheckPlan, checkApi } from '../check.ts';
import { settingError } from '../errors.ts';
import type { Question } from '../question.ts';
import { readQuestion } from '../read.ts';
import type { Values } from '../template.ts';

/** Settings and parameters of presets: words, numbers, and lists of words. */
export type Fields = Record<string, string | number | readonly string[] | undefined>;

/** How a preset's settings become a key; each names the field that holds it. */
export type PresetAuth =
  | { kind: 'none' }
  | { kind: 'bearer' | 'basic_key'; secret: string }
  | { kind: 'header'; name: string; secret: string }
  /** The owner says which; the fields are called as in `http_json`. */
  | { kind: 'chosen'; of(config: Fields): Auth };

/** One provider as data: where it is, how it takes its key, and what can be asked of it. */
export type Preset = {
  id: string;
  title: string;
  version: string;
  /** No exchange with it was recorded or published: see `Connector.experimental`. */
  experimental?: true;
  guide: string;
  /** Null: the owner says it, since everybody has their own. */
  base: string | null;
  config: z.ZodType<Fields>;
  secretFields: readonly string[];
  auth: PresetAuth;
  headers?: Readonly<Record<string, string>>;
  limits: { requestsPerSecond: number; concurrent: number };
  throttled?: readonly number[];
  keyHint: string;
  check: CheckPlan;
  metrics: Readonly<Record<string, PresetMetric>>;
};

export type PresetMetric = Pick<
  MetricDefinition<Fields, Fields>,
  'title' | 'description' | 'stage' | 'unit' | 'kind' | 'near' | 'currencyParam'
> & {
  params: z.ZodType<Fields>;
  /** Placeholders in it are those of `template.ts`, and the names of parameters and of settings. */
  question: Question;
  /** The question is asked once for each word of this parameter, by its singular placeholder. */
  each?: { param: string; as: string };
  settlesAfterHours: number;
  rereadDays: number;
  catalog?: CatalogMeaning<Fields>;
  /** Parameters that say what the number counts. */
  traits?: Pick<MetricDefinition<Fields, Fields>, 'unitOf' | 'kindOf'>;
  history?: 'backfill' | 'from_now';
};

/** A preset as a connector like any other. */
export function presetConnector(preset: Preset): Connector<Fields> {
  const { base, check, config, experimental, guide, id, limits, metrics, secretFields, title, version } =
    preset;
  return defineConnector<Fields>({
    id,
    title,
    version,
    ...(experimental === undefined ? {} : { experimental }),
    ...(base === null ? { needsEndpoint: true } : {}),
    configSchema: config,
    secretFields,
    guide,
    allowedHosts: (endpoint) => [(endpoint ?? new URL(base ?? NOWHERE)).host],
    limits,
    check: (context) => checkApi(context, apiOf(preset, context), check, settingsOf(preset, context.config)),
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [name, definitionOf(preset, metric)]),
    ),
  });
}

/** A name that never resolves (RFC 2606), where the owner has yet to say the address. */
const NOWHERE = 'https://address-missing.invalid';

function definitionOf(preset: Preset, metric: PresetMetric): MetricDefinition<Fields, Fields> {
  const { catalog, each, history, params, question, traits = {}, ...told } = metric;
  const asked = (context: ConnectorContext<Fields>, given: Fields): readonly Values[] => {
    const all = { ...settingsOf(preset, context.config), ...valuesOf(given) };
    const words = each === undefined ? undefined : given[each.param];
    if (each === undefined || !Array.isArray(words)) return [all];
    return words.map((word: unknown) => ({ ...all, [each.as]: String(word) }));
  };
  return {
    ...told,
    ...traits,
    ...(catalog === undefined ? {} : { catalog }),
    paramsSchema: params,
    history: history ?? (question.per === 'now' ? 'from_now' : 'backfill'),
    accept: (context, given) =>
      acceptQuestion(
        context,
        apiOf(preset, context),
        question,
        asked(context, given),
        preset.check.timeZone ?? null,
      ),
    read: (context, window, given) =>
      readQuestion(context, apiOf(preset, context), question, window, asked(context, given)),
  };
}

function apiOf(
  preset: Preset,
  { config, endpoint }: Pick<ConnectorContext<Fields>, 'config' | 'endpoint'>,
): Api {
  const { base, headers = {}, keyHint, limits, throttled, title } = preset;
  if (endpoint === null && base === null) {
    const hint = `Enter the address of your ${title}, such as https://${preset.id}.example.com.`;
    throw settingError('no_address', 'This connection has no address.', hint);
  }
  return {
    provider: title,
    base: endpoint ?? new URL(base ?? NOWHERE),
    auth: authOf(preset.auth, config),
    headers: { ...headers, ...extraHeaders(config) },
    limits,
    ...(throttled === undefined ? {} : { throttled }),
    keyHint,
  };
}

function authOf(auth: PresetAuth, config: Fields): Auth {
  switch (auth.kind) {
    case 'none':
      return auth;
    case 'chosen':
      return auth.of(config);
    default:
      return { ...auth, secret: String(config[auth.secret] ?? '') };
  }
}

/** The tenant of servers that hold several, such as Mimir. */
function extraHeaders({ orgId }: Fields): Record<string, string> {
  return typeof orgId === 'string' ? { 'x-scope-orgid': orgId } : {};
}

/** What may stand in a path: never a secret. */
function settingsOf({ secretFields }: Preset, config: Fields): Values {
  return valuesOf(
    Object.fromEntries(Object.entries(config).filter(([name]) => !secretFields.includes(name))),
  );
}

function valuesOf(fields: Fields): Values {
  const plain = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(plain);
}
