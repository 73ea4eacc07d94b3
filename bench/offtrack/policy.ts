import { configOf } from '../../src/app/alert-step.ts';
import type { AlertConfig } from '../../src/domain/alert.ts';
import { usualRule } from '../../src/domain/alert-rule.ts';
import { halfLifeDays } from '../../src/domain/chance.ts';
import { seedOf } from '../../src/domain/forecast/random.ts';
import type { Forecast, ForecastQuestion } from '../../src/domain/forecast/types.ts';
import { createForecaster } from '../../src/forecast/create-forecaster.ts';
import { stepOf } from '../../src/offtrack/pose.ts';
import { createLineHandler } from '../../src/offtrack/process.ts';
import type { Benchmark } from './data.ts';

type Rule = AlertConfig & { halfLife: number };

const FIGURES = {
  alert_precision: 'precision',
  recall_sustained: 'recall',
  false_alarm_rate: 'false alarms',
  median_lead_sustained: 'lead',
  flaps_per_kr: 'flaps',
  time_weighted_gain: 'gain',
} as const;

/** What alert rules would have done on the fold `train`: every threshold with every count and half-life around the defaults. */
export function policyReport(folder: string, benchmark: Benchmark): string[] {
  const forecast = remembering(createForecaster());
  return rules().map((rule) => {
    const report = play(folder, benchmark, rule, forecast);
    const figures = Object.entries(FIGURES).map(([key, word]) => `${word} ${(report[key] ?? 0).toFixed(3)}`);
    return `${JSON.stringify(rule)}: ${figures.join(', ')}`;
  });
}

function rules(): Rule[] {
  const usual: Rule = { ...usualRule, halfLife: halfLifeDays.day };
  const thresholds = [0.15, 0.2, 0.25, 0.3, 0.35].map((fireBelow) => ({
    ...usual,
    fireBelow,
    clearAbove: fireBelow + 0.2,
  }));
  const clears = [0.35, 0.4, 0.5, 0.55].map((clearAbove) => ({ ...usual, clearAbove }));
  const counts = [1, 2, 5, 7].map((forEvaluations) => ({ ...usual, forEvaluations }));
  const lives = [1.5, 2, 4, 6].map((halfLife) => ({ ...usual, halfLife }));
  return [...thresholds, ...clears, ...counts, ...lives];
}

function play(
  folder: string,
  benchmark: Benchmark,
  rule: Rule,
  forecast: (question: ForecastQuestion) => Forecast,
): Record<string, number> {
  const before = halfLifeDays.day;
  halfLifeDays.day = rule.halfLife;
  try {
    const data = benchmark.loadData(folder, 'train');
    const handle = createLineHandler(forecast, (gran) => configOf(rule, stepOf[gran]));
    const answers: object[] = [];
    for (const line of benchmark.replayLines(data)) {
      const { answer } = handle(JSON.stringify(line));
      if (answer !== null) answers.push(answer);
    }
    return benchmark.scoreReplay(data, answers);
  } finally {
    halfLifeDays.day = before;
  }
}

/** The forecasts are the same under every rule. */
function remembering(
  forecast: (question: ForecastQuestion) => Forecast,
): (question: ForecastQuestion) => Forecast {
  const known = new Map<string, Forecast>();
  return (question) => {
    const { final, hit, remainingSteps } = question;
    const key = JSON.stringify([seedOf(question), final, hit, remainingSteps]);
    const found = known.get(key) ?? forecast(question);
    known.set(key, found);
    return found;
  };
}
