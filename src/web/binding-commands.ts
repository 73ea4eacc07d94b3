import type { Body } from '../api/client-types.ts';

type BindingRequest = Body<'previewBinding'>;

export type Plan = {
  keyResult: string;
  source: BindingRequest['source'];
  /** The metric that is there already with this very definition. */
  known: string | null;
  /** How a metric that has to be made is called. */
  newMetric: { key: string; title: string };
  baseline: NonNullable<BindingRequest['baseline']> | null;
  reason: string;
  rule: NonNullable<BindingRequest['rule']> | null;
};
/** As far back as a preview looks, so that what was shown is there at once. */
export const HISTORY_DAYS = 400;

/** The same in the terminal and over HTTP, for whoever wants to repeat it by a program. */
export function commandsOf(plan: Plan, origin: string): { commands: string[]; requests: string[] } {
  const { baseline, keyResult, known, newMetric, reason, rule, source } = plan;
  const commands: string[] = [];
  const requests: string[] = [];
  const post = (path: string, body: unknown) => requests.push(curlOf(origin, path, body));
  const at = `/api/v1/key-results/${keyResult}`;
  const given = 'params' in source ? (source.params ?? {}) : {};
  const flags = Object.entries(given).map(
    ([name, value]) => ` --param ${quoted(`${name}=${flagText(value)}`)}`,
  );
  if (source.kind === 'meaning') {
    const { connection, metric = null } = source;
    const named = metric === null ? '' : ` --metric ${metric}`;
    commands.push(`npx tidemark kr measure ${keyResult} --connection ${connection}${named}${flags.join('')}`);
    post(`${at}/measurements`, { connection, metric, params: given });
  } else {
    const metric = source.kind === 'metric' ? source.metric : (known ?? newMetric.key);
    if (source.kind === 'connector' && known === null) {
      const { connection } = source;
      commands.push(
        `npx tidemark metric add ${metric} --connection ${connection} --metric ${source.metric}${flags.join('')} --history-days ${HISTORY_DAYS}`,
      );
      post('/api/v1/metrics', {
        ...newMetric,
        connection,
        metric: source.metric,
        params: given,
        historyDays: HISTORY_DAYS,
      });
    }
    commands.push(`npx tidemark kr bind ${keyResult} ${metric}`);
    post(`${at}/bindings`, { metric });
  }
  if (baseline !== null) {
    const how =
      'value' in baseline ? `--value ${baseline.value}` : `--recapture --rule ${ruleText(baseline.rule)}`;
    commands.push(`npx tidemark kr baseline ${keyResult} ${how} --reason ${quoted(reason)}`);
    post(`${at}/baselines`, baselineBody(baseline, reason));
  }
  if (rule !== null) {
    commands.push(`npx tidemark rule add --key-result ${keyResult} --sensitivity ${rule.sensitivity}`);
    post('/api/v1/alert-rules', { ...rule, keyResult });
  }
  return { commands, requests };
}

export function curlOf(origin: string, path: string, body: unknown): string {
  const json = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl -X POST ${origin}${path} \\\n  -H "Authorization: Bearer $TIDEMARK_TOKEN" -H 'Content-Type: application/json' \\\n  -d '${json}'`;
}

function ruleText(rule: Extract<NonNullable<BindingRequest['baseline']>, { rule: unknown }>['rule']): string {
  if (rule.kind === 'as_compared') return 'as-compared';
  return rule.kind === 'last_value' ? `last_value:${rule.days}` : `mean:${rule.days}`;
}

function flagText(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function quoted(text: string): string {
  return /^[\w=.,:/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function baselineBody(
  baseline: NonNullable<BindingRequest['baseline']>,
  reason: string,
): Body<'setBaseline'> {
  return 'value' in baseline
    ? { value: baseline.value, reason }
    : { recapture: true, rule: baseline.rule, reason };
}
