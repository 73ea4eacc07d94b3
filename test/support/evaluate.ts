import { createJudge } from '../../src/app/evaluate-key-result.ts';
import type { Evaluate, Judge } from '../../src/app/evaluation.ts';
import { newsItem } from '../../src/app/news-item.ts';
import { createForecaster } from '../../src/forecast/create-forecaster.ts';

/** The product's own rules, with links that lead to an example host. */
export function realEvaluate(): Evaluate {
  return judgedBy(createJudge(createForecaster()));
}

/** A judge of the test's own beside the product's words. */
export function judgedBy(judge: Judge): Evaluate {
  return {
    judge,
    newsItem: (alert, saying, now) => newsItem(alert, saying, now, 'https://okr.example.test'),
  };
}

/** For what never comes to judge anything: a Key Result would be a mistake of the test. */
export const noKeyResults: Evaluate = judgedBy(() => {
  throw new Error('there is no Key Result to evaluate');
});
