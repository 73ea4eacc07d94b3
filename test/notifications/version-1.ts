import type { AlertMessageV1 } from '../../src/notifications/message-v1.ts';

/** A message as an outbox may still hold it from before version 2. */
export function version1(change: Partial<AlertMessageV1> = {}): AlertMessageV1 {
  return {
    v: 1,
    type: 'key_result.off_track',
    alertId: 'alr_1',
    occurredAt: '2025-03-11T06:00:00.000Z',
    keyResult: { id: 'kr_1', key: 'growth.wau', title: 'Weekly active users', owner: 'Ana' },
    objective: { id: 'obj_1', title: 'Grow the base' },
    numbers: {
      current: 1_200,
      start: 1_000,
      target: 1_500,
      unit: 'count',
      currency: null,
      progress: 0.4,
      expected: 0.755,
    },
    reason: { code: 'far_behind_pace', text: '40 % done by 2025-03-10, 75.5 % expected.' },
    rule: 'Off track on 3 evaluations in a row.',
    data: { dataThroughDay: '2025-03-10', fetchedAt: '2025-03-11T05:58:12.000Z' },
    sandbox: false,
    links: { keyResult: 'https://tidemark.example/key-results/growth.wau' },
    ...change,
  };
}
