import type { MetricDefinitionView } from '../../api/contract.ts';
import type { CatalogEntryView, CatalogMetricView } from '../../api/contracts/catalog.ts';
import type { WindowRule } from '../../domain/catalog/types.ts';
import { catalogTexts, windowRuleText } from '../../i18n/catalog.ts';
import type { ObjectSchema } from '../key-values.ts';
import { type Look, plain } from './look.ts';
import { paintOf } from './paint.ts';
import { oneLine, pad, textWidth, wrap } from './text.ts';
import { voiceOf } from './voice.ts';

/** One metric of the catalogue: what it means, its parameters, and what measures it here. */
export function renderCatalogEntry(entry: CatalogEntryView, look: Look): string {
  const { say } = voiceOf(look);
  const paint = paintOf(look.color);
  const fields: [string, string][] = [
    [say('catalog.stage'), entry.stage.title],
    [say('catalog.unit'), entry.unit.title],
    [say('catalog.window'), entry.window.text],
    [say('catalog.sources'), entry.sources.map(({ title }) => title).join(', ')],
  ];
  const width = Math.max(...fields.map(([name]) => textWidth(name)));
  return [
    `${paint.bold(entry.title)}  ${paint.dim(`${entry.key} v${entry.definitionVersion}`)}`,
    ...wrap(`${entry.definition} ${entry.reading}`, look.columns),
    ...fields.map(([name, value]) => `  ${paint.dim(pad(name, width))}  ${value}`),
    '',
    ...paramLines(entry, look),
    '',
    ...measuredLines(entry, look),
  ]
    .map((line) => plain(line, look))
    .join('\n');
}

function paramLines({ params }: CatalogMetricView, look: Look): string[] {
  const { say } = voiceOf(look);
  const { bold, dim } = paintOf(look.color);
  if (params.length === 0) return [say('catalog.no_parameters')];
  return [
    bold(say('catalog.parameters')),
    ...params.flatMap((param) => {
      const none = say(param.required ? 'catalog.required' : 'catalog.optional');
      const usual = param.default === null ? none : valueText(param.default);
      const others = (param.choices ?? []).filter((choice) => choice !== param.default);
      const choices = others.length === 0 ? '' : ` (${others.join(', ')})`;
      const meaning = wrap(param.meaning, look.columns === null ? null : look.columns - 6);
      return [
        `  ${bold(param.name)}  ${dim(`${usual}${choices}`)}`,
        ...meaning.map((line) => `      ${line}`),
      ];
    }),
  ];
}

function measuredLines({ key, measurable, metrics, near }: CatalogEntryView, look: Look): string[] {
  const { say } = voiceOf(look);
  const { bold } = paintOf(look.color);
  const known = metrics.map((metric) => metric.key);
  const lines =
    measurable.length === 0
      ? [say('catalog.measured_by_none')]
      : [
          bold(say('catalog.measured_by')),
          ...measurable.flatMap(({ connectionKey, connectorTitle, environment, metric, params }) => {
            const needed = requiredParams(params as ObjectSchema).map((name) => ` --param ${name}=…`);
            const label = environment === 'live' ? connectorTitle : `${connectorTitle}, ${environment}`;
            return [
              `  ${connectionKey} (${oneLine(label)}): ${metric}`,
              `    tidemark metric add ${key.replaceAll('_', '-')} --connection ${connectionKey} --metric ${metric}${needed.join('')}`,
            ];
          }),
        ];
  const others = near.flatMap(({ connectionKey, connectorTitle, description, metric }) => [
    `  ${connectionKey} (${oneLine(connectorTitle)}): ${metric}`,
    ...wrap(description, look.columns === null ? null : look.columns - 4).map((line) => `    ${line}`),
  ]);
  return [
    ...lines,
    ...(others.length === 0 ? [] : [bold(say('catalog.near')), ...others]),
    ...(known.length === 0 ? [] : [say('catalog.metrics', { keys: known.join(', ') })]),
  ];
}

/** What the owner has to give: required and without a default, and the usual one of a group of which one is needed. */
export function requiredParams({ allOf = [], properties = {}, required = [] }: ObjectSchema): string[] {
  const usual = allOf.flatMap(({ anyOf }) => anyOf?.[0]?.required ?? []);
  return [...required, ...usual].filter((name) => !('default' in (properties[name] ?? {})));
}

/** What a metric means, in one line: title, version, window and zone, then the parameters; of a formula its text. */
export function definitionText(definition: MetricDefinitionView, look: Look): string {
  if (definition.kind === 'formula') return plain(oneLine(definition.formula), look);
  const { metric, definitionVersion, params, timeZone, window } = definition;
  const texts: Readonly<Record<string, { title: string }>> = catalogTexts[look.lang].metrics;
  const head = voiceOf(look).say('catalog.definition', {
    title: texts[metric]?.title ?? metric,
    metric,
    version: definitionVersion,
    window: windowText(window, look),
    timeZone,
  });
  const given = Object.entries(params).map(([name, value]) => `${name}=${valueText(value)}`);
  return oneLine(given.length === 0 ? head : `${head}; ${given.join(', ')}`);
}

/** A rule of a newer server may be one that this version has no words for. */
function windowText(window: { kind: string }, look: Look): string {
  if (!Object.hasOwn(catalogTexts[look.lang].windowRules, window.kind)) return window.kind;
  return windowRuleText(look.lang, window as WindowRule);
}

export function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(String).join(', ');
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
