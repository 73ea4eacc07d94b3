/** Raw records as sources write them down, small enough to work everything out by hand. All times are UTC. */

const price = (unitAmount: number) => [
  { unitAmount, quantity: 1, interval: 'month', intervalCount: 1, usage: 'licensed' },
];
const segment = (from: string, to: string | null, unitAmount: number) => ({
  from: `${from}T00:00:00Z`,
  to: to === null ? null : `${to}T00:00:00Z`,
  status: 'active',
  items: price(unitAmount),
});

/**
 * Five customers in March 2026. c1 grows from 100.00 to 150.00, c2 shrinks from 80.00 to 50.00, c3 leaves with 60.00,
 * c4 is new with 40.00 and was referred, c5 paid 30.00 in January and returns with as much.
 */
export const billing = {
  reportingCurrency: 'USD',
  customers: [
    { id: 'c1', channel: 'ads' },
    { id: 'c2', channel: 'organic' },
    { id: 'c3', channel: 'organic' },
    { id: 'c4', channel: 'referral' },
    { id: 'c5', channel: 'referral' },
  ],
  subscriptions: [
    {
      id: 's1',
      customerId: 'c1',
      currency: 'USD',
      segments: [segment('2026-01-01', '2026-03-10', 10_000), segment('2026-03-10', null, 15_000)],
    },
    {
      id: 's2',
      customerId: 'c2',
      currency: 'USD',
      segments: [segment('2026-01-01', '2026-03-12', 8_000), segment('2026-03-12', null, 5_000)],
    },
    {
      id: 's3',
      customerId: 'c3',
      currency: 'USD',
      segments: [segment('2026-01-01', '2026-03-20', 6_000)],
    },
    { id: 's4', customerId: 'c4', currency: 'USD', segments: [segment('2026-03-05', null, 4_000)] },
    {
      id: 's5',
      customerId: 'c5',
      currency: 'USD',
      segments: [segment('2026-01-01', '2026-02-01', 3_000), segment('2026-03-15', null, 3_000)],
    },
  ],
  payments: [
    { id: 'p1', customerId: 'c1', currency: 'USD', amount: 10_000, tax: 0, paidAt: '2026-03-03T10:00:00Z' },
    { id: 'p2', customerId: 'c4', currency: 'USD', amount: 4_800, tax: 800, paidAt: '2026-03-06T10:00:00Z' },
  ],
  refunds: [{ id: 'r1', paymentId: 'p1', amount: 2_000, refundedAt: '2026-03-20T10:00:00Z' }],
  disputes: [{ id: 'd1', paymentId: 'p1', amount: 1_000, status: 'lost', closedAt: '2026-03-25T10:00:00Z' }],
};

const did = (userId: string, event: string, time: string, properties?: Record<string, unknown>) => ({
  userId,
  event,
  time: `${time}:00Z`,
  ...(properties === undefined ? {} : { properties }),
});

/**
 * Four people sign up. One does everything and comes back on day 34; one begins a trial and is asked for a review;
 * two do nothing more.
 */
export const people = {
  events: [
    did('u1', 'sign_up', '2026-03-02T10:00'),
    did('u1', 'profile', '2026-03-02T11:00'),
    did('u1', 'invite', '2026-03-03T09:00'),
    did('u1', 'trial_started', '2026-03-03T10:00'),
    did('u1', 'create_content', '2026-03-03T12:00'),
    did('u1', 'create_content', '2026-03-04T12:00'),
    did('u1', 'create_content', '2026-03-05T12:00'),
    did('u1', 'paid', '2026-03-10T10:00'),
    did('u1', 'review_prompt', '2026-03-15T10:00'),
    did('u1', 'review_accepted', '2026-03-15T10:01'),
    did('u1', 'shared', '2026-03-20T10:00'),
    did('u1', 'open', '2026-04-05T10:00'),
    did('u2', 'sign_up', '2026-03-04T10:00'),
    did('u2', 'profile', '2026-03-04T12:00'),
    did('u2', 'create_content', '2026-03-04T13:00'),
    did('u2', 'trial_started', '2026-03-05T10:00'),
    did('u2', 'review_prompt', '2026-03-16T10:00'),
    did('u3', 'sign_up', '2026-03-06T10:00'),
    did('u4', 'sign_up', '2026-03-08T10:00'),
  ],
};

/** Two days: a and b on the first, a alone on the second. */
export const twoDays = {
  events: [
    did('a', 'open', '2026-03-01T10:00'),
    did('b', 'open', '2026-03-01T11:00'),
    did('a', 'open', '2026-03-02T10:00'),
  ],
};

/** One day: a for 10 and 20 minutes, b for 30. */
export const visits = {
  sessions: [
    { userId: 'a', start: '2026-03-01T08:00:00Z', end: '2026-03-01T08:10:00Z' },
    { userId: 'a', start: '2026-03-01T09:00:00Z', end: '2026-03-01T09:20:00Z' },
    { userId: 'b', start: '2026-03-01T08:00:00Z', end: '2026-03-01T08:30:00Z' },
  ],
};

/** k1 is bought within its session, k2 never, k3 an hour after its day is over. */
export const carts = {
  events: [
    did('u1', 'cart_created', '2026-03-02T10:00', { cartId: 'k1' }),
    did('u1', 'purchase', '2026-03-02T10:20', { cartId: 'k1' }),
    did('u2', 'cart_created', '2026-03-03T10:00', { cartId: 'k2' }),
    did('u3', 'cart_created', '2026-03-04T10:00', { cartId: 'k3' }),
    did('u3', 'purchase', '2026-03-05T11:00', { cartId: 'k3' }),
  ],
};

/** Two viewers; c watches only what is old. */
export const watching = {
  content: [
    { id: 'new', releasedAt: '2026-03-01T00:00:00Z' },
    { id: 'old', releasedAt: '2025-01-01T00:00:00Z' },
  ],
  views: [
    { userId: 'a', contentId: 'new', seconds: 3_600, time: '2026-03-05T20:00:00Z' },
    { userId: 'b', contentId: 'new', seconds: 1_800, time: '2026-03-20T20:00:00Z' },
    { userId: 'c', contentId: 'old', seconds: 0, time: '2026-03-20T20:00:00Z' },
  ],
};

const answered = (respondentId: string, score: number) => ({
  id: respondentId,
  respondentId,
  score,
  time: '2026-03-10T10:00:00Z',
});
export const recommendations = {
  responses: [answered('a', 10), answered('b', 9), answered('c', 8), answered('d', 6)],
};
export const satisfaction = { responses: [answered('a', 5), answered('b', 4), answered('c', 2)] };

const asked = (id: string, status: string, tags: string[] = []) => ({
  id,
  requesterId: 'a',
  createdAt: '2026-03-10T10:00:00Z',
  status,
  tags,
});
export const helpDesk = {
  activeUsers: 2,
  tickets: [
    asked('1', 'open', ['usability']),
    asked('2', 'solved', ['usability', 'login']),
    asked('3', 'solved'),
    asked('4', 'spam', ['usability']),
  ],
};

const bug = (id: string, createdAt: string, features: string[] = []) => ({
  id,
  type: 'bug',
  createdAt: `${createdAt}T10:00:00Z`,
  features,
});
const feature = (id: string, doneAt: string) => ({
  id,
  type: 'feature',
  createdAt: '2026-02-01T10:00:00Z',
  doneAt: `${doneAt}T10:00:00Z`,
});
const sprint = (id: string, completedAt: string, completedPoints: number) => ({
  id,
  state: 'closed',
  completedAt: `${completedAt}T10:00:00Z`,
  completedPoints,
});
const deploy = (startedAt: string, finishedAt: string, conclusion = 'success') => ({
  startedAt: `2026-03-02T${startedAt}:00Z`,
  finishedAt: `2026-03-02T${finishedAt}:00Z`,
  conclusion,
});
export const engineering = {
  sprints: [
    sprint('1', '2026-01-30', 5),
    sprint('2', '2026-02-13', 20),
    sprint('3', '2026-02-27', 30),
    sprint('4', '2026-03-13', 40),
  ],
  issues: [
    feature('f1', '2026-03-02'),
    feature('f2', '2026-03-05'),
    bug('b1', '2026-03-10', ['f1']),
    bug('b2', '2026-03-11'),
    bug('b3', '2026-03-12'),
  ],
  items: [
    { id: 'i1', createdAt: '2026-03-01T00:00:00Z', doneAt: '2026-03-02T00:00:00Z' },
    { id: 'i2', createdAt: '2026-03-01T00:00:00Z', doneAt: '2026-03-04T00:00:00Z' },
    { id: 'i3', createdAt: '2026-03-01T00:00:00Z' },
  ],
  deploys: [
    deploy('10:00', '10:10'),
    deploy('11:00', '11:20'),
    deploy('12:00', '13:00'),
    deploy('14:00', '14:01', 'failure'),
  ],
  release: { version: '2.0', releasedAt: '2026-03-01T00:00:00Z' },
  bugs: [
    { id: '1', createdAt: '2026-03-02T10:00:00Z', affectedVersion: '2.0' },
    { id: '2', createdAt: '2026-03-30T10:00:00Z', affectedVersion: '2.0' },
    { id: '3', createdAt: '2026-03-31T10:00:00Z', affectedVersion: '2.0' },
    { id: '4', createdAt: '2026-03-02T10:00:00Z', affectedVersion: '1.9' },
  ],
  reports: [
    { branch: 'main', coverage: 0.75, time: '2026-03-01T10:00:00Z' },
    { branch: 'main', coverage: 0.8, time: '2026-03-31T10:00:00Z' },
    { branch: 'feature', coverage: 0.1, time: '2026-03-31T11:00:00Z' },
  ],
};

const done = (time: string, value?: number, label = 'interview') => ({
  time: `${time}T10:00:00Z`,
  label,
  ...(value === undefined ? {} : { value }),
});
export const team = {
  plans: [
    { personId: 'a', planned: 4, completed: 3 },
    { personId: 'b', planned: 4, completed: 1 },
  ],
  hours: [
    { personId: 'a', time: '2026-03-02T10:00:00Z', learning: 3, total: 20 },
    { personId: 'b', time: '2026-03-02T10:00:00Z', learning: 1, total: 20 },
  ],
  entries: [done('2026-03-02'), done('2026-03-03', 3), done('2026-03-04', -1), done('2026-03-05', 1, 'talk')],
};
