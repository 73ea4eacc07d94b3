import { expect, it } from 'vitest';
import {
  alertMessageSchema,
  plainText,
  renderMessage,
  serializeMessage,
  testMessage,
} from '../../src/notifications/index.ts';
import { alertMessage } from './receiver.ts';

it('says in order: what changed, the numbers, why, who owns it, what to do, where, how to stop', () => {
  expect(plainText(renderMessage(alertMessage(), 'en'))).toBe(
    [
      'Off track: Weekly active users',
      'Objective: Grow the base',
      'Now 1,200, started at 1,000, target 1,500.',
      'Progress 40%, expected by now 76%.',
      'Data through 2025-03-10, fetched 2025-03-11 05:58 UTC.',
      'Why: 40 % done by 2025-03-10, 75.5 % expected.',
      'Rule: Off track on 3 evaluations in a row.',
      'Owner: Ana',
      'Next: find what holds the metric back, then change the plan or agree on another target.',
      'Open the Key Result: https://tidemark.example/key-results/growth.wau',
      'To stop these messages, turn off the alert rule of this Key Result, or this channel.',
    ].join('\n'),
  );
});

it('says the same in Chinese, with no English sentence left over', () => {
  const chinese = plainText(renderMessage(alertMessage({ sandbox: true }), 'zh-CN')).split('\n');
  expect(chinese[0]).toBe('[沙盒] 偏离目标：Weekly active users');
  expect(chinese[2]).toBe('当前 1,200，起始 1,000，目标 1,500。');
  expect(chinese[7]).toBe('负责人：Ana');
  expect(chinese.filter((line) => !/[\u4e00-\u9fff]/.test(line))).toEqual([]);
});

it.each([
  // 1,234,500 cents are 12,345.00 dollars; the yen has no smaller unit; the dinar has three decimals.
  { unit: 'money', currency: 'usd', amount: 1_234_500, shown: '$12,345.00' },
  { unit: 'money', currency: 'jpy', amount: 12_345, shown: '¥12,345' },
  { unit: 'money', currency: 'kwd', amount: 12_345, shown: 'KWD 12.345' },
  { unit: 'ratio', currency: null, amount: 0.355, shown: '35.5%' },
  { unit: 'count', currency: null, amount: 0, shown: '0' },
  { unit: 'rating', currency: null, amount: 4.567, shown: '4.57' },
  { unit: 'custom:tickets', currency: null, amount: 12, shown: '12 tickets' },
])('writes $amount of $unit ($currency) as $shown', ({ unit, currency, amount, shown }) => {
  const numbers = { ...alertMessage().numbers, unit, currency, current: amount };
  const [, values = ''] = renderMessage(alertMessage({ numbers }), 'en').numbers;
  // Intl separates a currency code with a no-break space.
  expect(values.replace(/\u00a0/g, ' ')).toContain(`Now ${shown}, `);
});

it('shows a missing number as a dash and missing data as such, never as zero', () => {
  const numbers = { ...alertMessage().numbers, current: null, progress: null, expected: null };
  const data = { dataThroughDay: null, fetchedAt: null };
  const lines = renderMessage(alertMessage({ numbers, data, objective: null }), 'en').numbers;
  expect(lines).toEqual(['Now –, started at 1,000, target 1,500.', 'Progress –.', 'No data yet.']);
});

it('labels sandbox data in the headline and in the footer, and real data not at all', () => {
  const sandbox = renderMessage(alertMessage({ sandbox: true }), 'en');
  expect(sandbox.headline).toBe('[sandbox] Off track: Weekly active users');
  expect(sandbox.footer[0]).toContain('Sandbox data');
  expect(plainText(renderMessage(alertMessage(), 'en')).toLowerCase()).not.toContain('sandbox');
});

it('reports a recovery and a test as such, and says when nobody owns the Key Result', () => {
  const keyResult = { ...alertMessage().keyResult, owner: null };
  const recovered = renderMessage(alertMessage({ type: 'key_result.recovered', keyResult }), 'en');
  expect(recovered.headline).toBe('No longer off track: Weekly active users');
  expect(recovered.action).toEqual([
    'Owner: nobody yet',
    'Next: nothing has to be done. Note in a check-in what helped.',
  ]);
  const test = testMessage({ occurredAt: new Date(0), appUrl: 'https://tidemark.example/', sandbox: false });
  expect(renderMessage(test, 'en').headline).toBe('Test message from Tidemark');
});

it('survives the outbox: what was serialized parses to the same message', () => {
  const message = alertMessage();
  expect(alertMessageSchema.parse(JSON.parse(serializeMessage(message)))).toEqual(message);
});

it('refuses a message that the outbox could not keep, and a link that is not http', () => {
  const long = 'ü'.repeat(4_000);
  const keyResult = { ...alertMessage().keyResult, title: long };
  const big = alertMessage({ keyResult, rule: long, reason: { code: 'x', text: long } });
  expect(() => serializeMessage(big)).toThrow(RangeError);
  expect(() => serializeMessage(alertMessage({ links: { keyResult: 'javascript:alert(1)' } }))).toThrow(
    'Invalid URL',
  );
});
