import { z } from 'zod';
import type { OutwardEventType } from '../../domain/outward-event.ts';
import { day, givenInstant, instant, key, name, text, timeZone, titles } from './fields.ts';

/** Channels with when and of what they hear, rules, alerts, and what was sent. */

const url = z.string().min(1).max(2048);
const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written HH:MM, from 00:00 to 23:59');
const weekday = z.number().int().min(1).max(7);
const topic = z.enum(['key_results', 'sources', 'check_ins']);
const digest = z.strictObject({
  period: z.enum(['daily', 'weekly']),
  at: clockTime,
  /** ISO weekday of a weekly one, 1 for Monday. */
  weekday: weekday.default(1),
});
const settingsShape = {
  /** Null: the workspace's zone. */
  timeZone: timeZone.nullable(),
  /** Nothing is sent from the one time until the other; may span midnight. Null: at any time. */
  quietHours: z.strictObject({ from: clockTime, to: clockTime }).nullable(),
  /** ISO weekdays on which something may be sent, 1 for Monday. */
  workingDays: z.array(weekday).min(1).max(7),
  /** Whether what is no emergency is told at once, or in the next digest. */
  warnings: z.enum(['at_once', 'digest']),
  /** Null: none; then everything is told at once. */
  digest: digest.nullable(),
  /** Messages a day beyond which the rest waits for the digest; null: no such limit. */
  immediatePerDay: z.number().int().min(1).max(1_000).nullable(),
  /** How long the first news of a group waits for others, and the least time between two messages of one group. */
  groupWaitMinutes: z.number().int().min(0).max(1_440),
  groupIntervalMinutes: z.number().int().min(0).max(10_080),
  topics: z.array(topic).min(1).max(3),
  /** Only news about what these people own; null: about everything. */
  owners: z.array(name).min(1).max(50).nullable(),
};
export const channelSettingsSchema = z.object(settingsShape);
/** What is absent stays as it is. */
export const changeSettingsSchema = z.strictObject(settingsShape).partial();
/** Changes that a webhook is told of besides the news: `src/domain/outward-event.ts` says what each has to tell. */
export const outwardEventSchema = z.enum([
  'key_result.status_changed',
  'key_result.progress_changed',
  'source.failed',
  'source.recovered',
  'run.finished',
  'alert.fired',
  'alert.resolved',
]) satisfies z.ZodType<OutwardEventType>;
/** The other way round: an event that there is and the contract lacks does not compile. */
export const eventsAreCovered: OutwardEventType extends z.infer<typeof outwardEventSchema> ? true : never =
  true;
const events = z.array(outwardEventSchema).max(20);
export const changeChannelSchema = z
  .strictObject({
    enabled: z.boolean().optional(),
    events: events.optional(),
    settings: changeSettingsSchema.optional(),
  })
  .refine(
    ({ enabled, events, settings }) =>
      enabled !== undefined || events !== undefined || settings !== undefined,
    { error: 'nothing would change: give enabled, events or settings' },
  );

const language = z.enum(['en', 'zh-CN']);
const newChannel = { key, title: name.optional() };
export const createChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...newChannel, kind: z.literal('webhook'), url, events: events.optional() }),
  z.strictObject({
    ...newChannel,
    kind: z.literal('slack'),
    /** Of an incoming webhook, which is itself a secret; a bot has a token and the id of its channel instead. */
    url: url.optional(),
    config: z
      .strictObject({
        channelId: z.string().max(40).optional(),
        lang: language.optional(),
        apiUrl: url.optional(),
      })
      .default({}),
    secrets: z.strictObject({ token: z.string().min(1).max(400).optional() }).default({}),
  }),
  z.strictObject({
    ...newChannel,
    kind: z.literal('email'),
    config: z.strictObject({
      to: z.array(z.string().min(1).max(254)).min(1).max(20),
      from: z.string().min(1).max(254),
      /** `smtp://host:587` or `smtps://host:465`. */
      smtp: z.string().min(1).max(300),
      user: z.string().min(1).max(200).optional(),
      lang: language.optional(),
    }),
    secrets: z.strictObject({ password: z.string().min(1).max(1_000).optional() }).default({}),
  }),
]);
export const channelSchema = z.object({
  id: z.string(),
  key: z.string(),
  title: z.string(),
  kind: z.enum(['webhook', 'slack', 'email', 'mixpanel']),
  /** Redacted for Slack, whose address is itself a secret. */
  address: z.string(),
  enabled: z.boolean(),
  disabledReason: z.string().nullable(),
  /** Of a webhook: the changes that it is told of besides the news. */
  events: z.array(outwardEventSchema),
  /** Null for a channel that takes progress back and is told no news. */
  settings: channelSettingsSchema.nullable(),
});
/** `signingSecret` is shown once, in the answer that creates a webhook channel. */
export const createdChannelSchema = channelSchema.extend({ signingSecret: z.string().nullable() });
/** The new secret is shown this once. Until then the one before signs as well. */
export const secretRotationSchema = z.object({
  channelKey: z.string(),
  signingSecret: z.string(),
  previousValidUntil: instant,
});

const severity = z.enum(['warning', 'critical']);
export const alertKindSchema = z.enum(['off_track', 'no_data', 'error', 'check_in_due']);
export const alertSchema = z.object({
  id: z.string(),
  /** One of the two is what it is about. */
  keyResultId: z.string().nullable(),
  keyResultKey: z.string().nullable(),
  connectionId: z.string().nullable(),
  connectionKey: z.string().nullable(),
  title: z.string(),
  /** Of the Key Result; none where it is about a connection. */
  titles,
  kind: alertKindSchema,
  state: z.enum(['pending', 'firing', 'resolved', 'closed']),
  severity,
  since: instant,
  firedAt: instant.nullable(),
  /** The evaluated day on which it fired. */
  firedDay: day.nullable(),
  resolvedAt: instant.nullable(),
  reason: z.object({ code: z.string(), values: z.record(z.string(), z.unknown()) }).nullable(),
  /** Somebody takes care of it: it is not repeated unless it gets worse than it was then. */
  acknowledged: z.object({ severity, by: z.string(), at: instant, note: z.string() }).nullable(),
  /** Of the Key Result or the connection that it is about. */
  owner: z.string().nullable(),
  /** Of the Key Result that it is about: what the numbers of `reason` count. */
  unit: z.string().nullable(),
  currency: z.string().nullable(),
  /** The reason as a sentence, in English. */
  because: z.string().nullable(),
  /** No message about it goes out before then; null: no silence covers it. */
  snoozedUntil: instant.nullable(),
  /** The channels that were told that it fires. */
  toldChannels: z.array(z.string()),
  /** Whose condition it is; null for one that needs no rule. */
  ruleId: z.string().nullable(),
});

export const sensitivitySchema = z.enum(['quiet', 'normal', 'early']);
const evaluations = z.number().int().min(1).max(60);
const scope = z.string().min(1).max(200).nullable().default(null);
export const alertRuleSchema = z.object({
  id: z.string(),
  kind: z.enum(['off_track']),
  keyResultId: z.string().nullable(),
  objectiveId: z.string().nullable(),
  /** Evaluations on different days that the condition must hold before it fires, and be gone before it resolves. */
  forEvaluations: z.number().int(),
  keepFiringEvaluations: z.number().int(),
  /** Chances: a breach begins below the one and is over above the other. */
  fireBelow: z.number(),
  clearAbove: z.number(),
  /** What goes on unchanged is said again after so many days; null: never. */
  repeatDays: z.number().int().nullable(),
  enabled: z.boolean(),
});
export const ruleShape = {
  keyResult: scope,
  objective: scope,
  forEvaluations: evaluations.default(3),
  keepFiringEvaluations: evaluations.default(5),
  sensitivity: sensitivitySchema.default('normal'),
};
export const createAlertRuleSchema = z.strictObject({
  ...ruleShape,
  repeatDays: z.number().int().min(1).max(92).nullable().default(7),
});

const deliveryStatus = z.enum(['pending', 'delivered', 'superseded', 'dead', 'suppressed']);
export const deliverySchema = z.object({
  id: z.string(),
  deliveryId: z.string(),
  channelKey: z.string(),
  kind: z.string(),
  status: deliveryStatus,
  attempts: z.number().int(),
  createdAt: instant,
  deliveredAt: instant.nullable(),
  lastError: z.string().nullable(),
  /** When it is tried again; null when it is settled. */
  nextAt: instant.nullable(),
  /** The newest attempts, the last one first. */
  tries: z.array(
    z.object({
      at: instant,
      ok: z.boolean(),
      errorClass: z.string().nullable(),
      httpStatus: z.number().int().nullable(),
      durationMs: z.number().int(),
    }),
  ),
});

/** A message with what is in it, as its channel is written to; null when nothing is kept of that. Never a secret. */
export const deliveryDetailSchema = deliverySchema.extend({
  content: z
    .object({ format: z.enum(['text', 'json']), lang: z.enum(['en', 'zh-CN']), text: z.string() })
    .nullable(),
});

/** An alert with what each channel was told of it, and the messages that this was said in. */
export const alertDetailSchema = alertSchema.extend({
  /** When its condition was first seen; null when that was not kept. */
  seenAt: instant.nullable(),
  told: z.array(
    z.object({
      channelKey: z.string(),
      /** `assumed`: it fired before the channel was there. `over`: its end was told, or was no news to it. */
      state: z.enum(['nothing', 'assumed', 'firing', 'over']),
      severity,
      lastAt: instant.nullable(),
      said: z.number().int(),
    }),
  ),
  messages: z.array(
    z.object({
      channelKey: z.string(),
      event: z.string(),
      severity: z.string(),
      lane: z.enum(['now', 'digest']),
      /** `waiting` for its message, `composed` into one, or `dropped` because it was over before anybody was told. */
      state: z.enum(['waiting', 'composed', 'dropped']),
      createdAt: instant,
      dueAt: instant,
      /** The message that it went into; null while it waits. */
      delivery: z
        .object({ deliveryId: z.string(), status: deliveryStatus, deliveredAt: instant.nullable() })
        .nullable(),
    }),
  ),
});
export const acknowledgeSchema = z.strictObject({ note: text(500).default('') });

const target = z.string().min(1).max(200).nullable().default(null);
const isGiven = (value: unknown): boolean => value !== undefined;
export const createSnoozeSchema = z
  .strictObject({
    keyResult: target,
    objective: target,
    connection: target,
    /** Only what this person owns. */
    owner: name.nullable().default(null),
    kind: alertKindSchema.nullable().default(null),
    /** Has to be said, so that nobody silences everything by leaving out what was meant. */
    everything: z.boolean().default(false),
    /** One of the three says how long: from now, to an instant, or through the last silent day in the workspace's zone. */
    forMinutes: z.number().int().min(1).optional(),
    until: givenInstant.optional(),
    untilDay: day.optional(),
    reason: text(500).min(3, 'a reason says why, in a few words'),
  })
  .refine(({ forMinutes, until, untilDay }) => [forMinutes, until, untilDay].filter(isGiven).length === 1, {
    error: 'say how long with one of forMinutes, until and untilDay',
    path: ['until'],
  });
export const snoozeSchema = z.object({
  id: z.string(),
  keyResultKey: z.string().nullable(),
  objectiveKey: z.string().nullable(),
  connectionKey: z.string().nullable(),
  owner: z.string().nullable(),
  kind: alertKindSchema.nullable(),
  reason: z.string(),
  author: z.string(),
  createdAt: instant,
  until: instant,
  endedAt: instant.nullable(),
});

/** How often somebody is asked to check in; null: as usual. */
const everyDays = z.number().int().min(1).max(92).nullable();
export const setCadenceSchema = z.strictObject({ everyDays });
export const cadenceSchema = z.object({
  keyResultId: z.string(),
  keyResultKey: z.string(),
  everyDays,
  /** After how many days without a check-in somebody is asked, whether chosen or usual. */
  remindsAfterDays: z.number().int(),
});

/** What a rule would have done. Nothing is stored and nobody is told. */
export const ruleTrialRequestSchema = z.strictObject({ ...ruleShape, fromDay: day.optional() });
export const ruleTrialSchema = z.object({
  fromDay: day,
  throughDay: day,
  /** How many were looked at, and which not and why. */
  keyResults: z.number().int(),
  skipped: z.array(z.object({ key: z.string(), why: z.string() })),
  alerts: z.array(
    z.object({
      keyResultKey: z.string(),
      firedDay: day,
      /** Null: it still burned at the end. */
      resolvedDay: day.nullable(),
      /** Whether the Key Result was missed in the end; null while that is open. */
      rightly: z.boolean().nullable(),
      daysAhead: z.number().int().nullable(),
    }),
  ),
  rightly: z.number().int(),
  wrongly: z.number().int(),
  open: z.number().int(),
  /** Missed Key Results that no alert had spoken of. */
  missedWithout: z.number().int(),
});

/** The digest that would be sent now; null when there is nothing to say, for an empty one is not sent. */
export const digestPreviewSchema = z.object({
  channelKey: z.string(),
  period: z.enum(['daily', 'weekly']).nullable(),
  fromDay: day.nullable(),
  throughDay: day.nullable(),
  text: z.string().nullable(),
});
