import type { Activity, ProductEvent } from './activity.ts';
import type { Stage } from './person.ts';
import { idFor, random } from './random.ts';
import { DAY_SECONDS, type EpochSeconds } from './time.ts';

/**
 * What a product tells beside Acme's own events, where its company says so: `Sign Up Started` of everybody who began the
 * form, `Free Trial Started` of those who tried the larger plan without a card, and `Review Prompted` with `Review Accepted`. Each follows from an event that is there, by a stream of its own, so
 * that nothing else changes.
 */
export function furtherEvents(stage: Stage): Activity[] {
  const { company } = stage;
  if (company.formLoss + company.freeTrials + company.reviewPrompts === 0) return [];
  const events = onceEach(stage.activity);
  return [
    ...(company.formLoss === 0 ? [] : events.flatMap((event) => formsBefore(stage, event))),
    ...(company.freeTrials === 0 ? [] : events.flatMap((event) => freeTrial(stage, event))),
    ...(company.reviewPrompts === 0 ? [] : prompts(stage, events)),
  ].filter(({ at }) => at <= stage.untilAt);
}

function onceEach(activity: readonly Activity[]): ProductEvent[] {
  const known = new Map<string, ProductEvent>();
  for (const one of activity)
    if (one.kind === 'event' && !known.has(one.insertId)) known.set(one.insertId, one);
  return [...known.values()];
}

/** The form that led to a sign-up, and as many that somebody else left, on average `loss / (1 - loss)` of them. */
function formsBefore(stage: Stage, signUp: ProductEvent): ProductEvent[] {
  if (signUp.name !== 'Sign Up') return [];
  const rng = random(stage.seed, 'form', signUp.insertId);
  const started = (more: Partial<ProductEvent>, before: number): ProductEvent => ({
    ...signUp,
    name: 'Sign Up Started',
    at: signUp.at - before,
    seenAt: signUp.seenAt - before,
    properties: {},
    ...more,
  });
  const loss = lossAt(stage, signUp.at);
  const left = rng.poisson(loss / (1 - loss));
  return [
    started({ insertId: `${signUp.insertId}-f` }, rng.int(2, 6)),
    ...Array.from({ length: left }, (_, index) => {
      const personId = idFor('p', stage.seed, 'left the form', signUp.insertId, index);
      const own = { personId, deviceId: `${personId}-d1`, sessionId: null, insertId: `${personId}-e1` };
      return started(own, rng.int(7, 4 * 3_600));
    }),
  ];
}

/** The form was made shorter: what it loses falls by two fifths in the half year that ends 460 days after the start. */
function lossAt({ anchorAt, company }: Stage, at: EpochSeconds): number {
  const days = (at - anchorAt) / DAY_SECONDS;
  return company.formLoss * (1 - 0.4 * Math.min(1.4, Math.max(0, (days - 390) / 70)));
}

/** Within four days of signing up; one in two more of them as the offer gets better. */
function freeTrial(stage: Stage, signUp: ProductEvent): ProductEvent[] {
  if (signUp.name !== 'Sign Up') return [];
  const rng = random(stage.seed, 'free trial', signUp.insertId);
  const days = (signUp.at - stage.anchorAt) / DAY_SECONDS;
  const share = stage.company.freeTrials * (1 + 0.55 * Math.min(1.5, Math.max(0, (days - 400) / 50)));
  if (!rng.chance(share)) return [];
  const after = rng.int(300, 4 * DAY_SECONDS);
  const at = signUp.at + after;
  const insertId = `${signUp.insertId}-ft`;
  return [
    { ...signUp, name: 'Free Trial Started', at, seenAt: signUp.seenAt + after, insertId, sessionId: null },
  ];
}

/** Asked once in a lifetime, a minute after the second project. */
function prompts({ anchorAt, company, seed }: Stage, events: readonly ProductEvent[]): ProductEvent[] {
  const projects = new Map<string, number>();
  return events.flatMap((event) => {
    if (event.name !== 'Project Created') return [];
    const count = (projects.get(event.personId) ?? 0) + 1;
    projects.set(event.personId, count);
    const rng = random(seed, 'review', event.personId);
    if (count !== 2 || !rng.chance(company.reviewPrompts)) return [];
    const told = (name: string, suffix: string, after: number): ProductEvent => ({
      ...event,
      name,
      at: event.at + after,
      seenAt: event.seenAt + after,
      insertId: `${event.insertId}-${suffix}`,
    });
    const days = (event.at - anchorAt) / DAY_SECONDS;
    const willing = 0.36 + 0.06 * Math.min(2, Math.max(0, (days - 400) / 60));
    const accepted = rng.chance(willing) ? [told('Review Accepted', 'ra', 75)] : [];
    return [told('Review Prompted', 'rp', 60), ...accepted];
  });
}
