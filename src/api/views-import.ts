import type { PlacedDraft } from '../app/draft-place.ts';
import { draftsOf } from '../app/draft-place.ts';
import type { Drafts } from '../app/import-text.ts';
import type { ConnectionRecord, Deps, MetricRecord } from '../app/ports.ts';
import { measurableOn } from '../app/read-catalog.ts';
import type { SavedDrafts } from '../app/save-drafts.ts';
import { assumptionText } from '../domain/draft/index.ts';
import type { Hint } from '../domain/hints.ts';
import { catalogTexts } from '../i18n/catalog.ts';
import { hintText } from '../i18n/hint-text.ts';
import { translator } from '../i18n/index.ts';
import { noticesView } from './notices.ts';

/** Drafts and what was stored of them, in the shapes of the contract. */

export function draftsView({ cycle, hints, text }: Drafts) {
  const drafts = draftsOf(text);
  return {
    cycle:
      cycle === null
        ? null
        : { key: cycle.key, startDay: cycle.startDay, endDay: cycle.endDay, timeZone: cycle.timeZone },
    counts: {
      objectives: text.objectives.length,
      keyResults: drafts.length,
      initiatives: text.objectives.reduce(
        (sum, each) => sum + each.initiatives.length,
        text.initiatives.length,
      ),
      questions: drafts.filter(({ question }) => question !== null).length,
      problems: drafts.filter(({ problems }) => problems.length > 0).length,
      notUnderstood: text.notUnderstood.length,
    },
    objectives: text.objectives.map((objective) => ({
      ...objective,
      keyResults: objective.keyResults.map(draftView),
      initiatives: [...objective.initiatives],
    })),
    keyResults: text.keyResults.map(draftView),
    initiatives: [...text.initiatives],
    notUnderstood: [...text.notUnderstood],
    ignored: [...text.ignored],
    lines: [...text.lines],
    hints: hints.map(hintView),
  };
}

function draftView({ assumptions, metric, problems, question, ...draft }: PlacedDraft) {
  return {
    ...draft,
    metric: metric === null ? null : { ...metric, params: { ...metric.params }, title: titlesOf(metric.key) },
    assumptions: assumptions.map((assumption) => ({
      code: assumption.code,
      values: { ...assumption.values },
      text: assumptionText(assumption),
    })),
    problems: [...problems],
    question:
      question === null
        ? null
        : { ...question, options: question.options.map(({ id, label }) => ({ id, label })) },
  };
}

const english = translator('en');
const chinese = translator('zh-CN');

/** Of drafts the keys are lines. */
function hintView(hint: Hint) {
  const { code, keyResultKey, objectiveKey, values } = hint;
  const text = { en: hintText(english, hint), zh: hintText(chinese, hint) };
  return { code, values, text, at: keyResultKey ?? objectiveKey };
}

function titlesOf(key: string): { en: string; zh: string } {
  const titled = (lang: 'en' | 'zh-CN') => {
    const texts: Readonly<Record<string, { title: string }>> = catalogTexts[lang].metrics;
    return texts[key]?.title ?? key;
  };
  return { en: titled('en'), zh: titled('zh-CN') };
}

export function importedView(
  saved: SavedDrafts,
  connections: ConnectionRecord[],
  deps: Pick<Deps, 'connectors'>,
) {
  return {
    cycle: { key: saved.cycle.key },
    objectives: saved.objectives.map(({ created, line, objective: { id, key, title } }) => ({
      id,
      key,
      title,
      line,
      created,
    })),
    keyResults: saved.keyResults.map(
      ({ boundBy, draft, keyResult, metric, objective, sameWindow, warnings }) => ({
        id: keyResult.id,
        key: keyResult.key,
        title: keyResult.title,
        at: draft.at,
        objectiveKey: objective.key,
        goal: keyResult.goal,
        unit: keyResult.unit,
        currency: keyResult.currency,
        tracking: draft.tracking,
        metric: metric === null ? null : metricNamed(metric),
        boundBy,
        sameWindow,
        warnings: noticesView(warnings),
        means: draft.metric?.key ?? null,
        measurable: connections.flatMap((connection) =>
          measurableOn(deps, connection, draft.metric?.key ?? '').map(({ metric: name, params }) => ({
            connectionKey: connection.key,
            metric: name,
            required: requiredOf(params),
          })),
        ),
      }),
    ),
    initiatives: saved.initiatives,
    metrics: saved.metrics.map(metricNamed),
    notUnderstood: [...saved.text.notUnderstood],
    leftOut: saved.leftOut,
  };
}

export function metricNamed({ connectionKey, key, title }: MetricRecord) {
  return { key, title, connectionKey };
}

type Schema = { properties?: unknown; required?: unknown; allOf?: unknown };

/** Of a JSON Schema: what has to be given, because there is no default; of a group of which one is needed the usual one. */
function requiredOf(schema: Schema): string[] {
  const properties = (schema.properties ?? {}) as Record<string, object>; // the shape of every JSON Schema of an object
  const groups = (schema.allOf ?? []) as { anyOf?: Schema[] }[]; // the same
  const usual = groups.flatMap(({ anyOf }) => anyOf?.[0]?.required ?? []);
  const required = [schema.required ?? [], usual].flat().map(String);
  return required.filter((name) => !('default' in (properties[name] ?? {})));
}
