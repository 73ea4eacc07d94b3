import { ApiError, call } from './api.ts';
import { baselineBody, HISTORY_DAYS, type Plan } from './binding-commands.ts';

/** What is done already: an attempt that was refused half-way goes on where it stopped. */
export type Done = { metric: string | null; bound: boolean; baseline: boolean; rule: boolean };

/** @throws ApiError of the step that was refused; `done` has what came before it */
export async function saveBinding(plan: Plan, done: Done): Promise<void> {
  const params = { id: plan.keyResult };
  if (!done.bound) {
    const { source } = plan;
    if (source.kind === 'meaning') {
      const { connection, metric = null, params: given = {} } = source;
      await call('measureKeyResult', { params, body: { connection, metric, params: given } });
    } else {
      done.metric ??= await metricOf(plan);
      await call('bindKeyResult', { params, body: { metric: done.metric } });
    }
    done.bound = true;
  }
  if (plan.baseline !== null && !done.baseline) {
    await call('setBaseline', { params, body: baselineBody(plan.baseline, plan.reason) });
    done.baseline = true;
  }
  if (plan.rule !== null && !done.rule) {
    await call('createAlertRule', { body: { ...plan.rule, keyResult: plan.keyResult, objective: null } });
    done.rule = true;
  }
}

async function metricOf({ known, newMetric, source }: Plan): Promise<string> {
  if (source.kind === 'metric') return source.metric;
  if (known !== null) return known;
  if (source.kind === 'meaning') throw new Error('what a Key Result means is made by measuring it');
  const { connection, metric, params: given = {} } = source;
  const body = { ...newMetric, connection, metric, params: given, historyDays: HISTORY_DAYS };
  for (let count = 2; ; count += 1) {
    try {
      return (await call('createMetric', { body })).key;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'already_exists' || count > 20) throw error;
      body.key = `${newMetric.key}-${count}`;
    }
  }
}
