import type { z } from 'zod';
import type { RecordSets } from '../domain/catalog/record-sets.ts';
import * as billing from './billing.ts';
import type { CellType } from './cells.ts';
import * as product from './product.ts';
import * as work from './work.ts';

/** A column: what its cells hold, and whether each row needs it. The name is the JSON field's in lower case. */
export type Column = { type: CellType; required?: true };
/** One kind of file: its columns, what a row becomes, and the column that may not repeat. */
export type RowKind = { columns: Record<string, Column>; schema: z.ZodType; unique: string | null };

type ItemOf<Key extends keyof RecordSets> =
  NonNullable<RecordSets[Key]> extends readonly (infer Item)[] ? Item : never;

const text: Column = { type: 'text' };
const needed = (type: CellType): Column => ({ type, required: true });
const id = needed('text');
const number = needed('number');
const time = needed('instant');
const later: Column = { type: 'instant' };
const json: Column = { type: 'json' };
const texts: Column = { type: 'texts' };

/**
 * What can be uploaded as rows, one record each. Subscriptions are lists inside of lists: their `segments` are JSON in
 * a cell, which a JSONL file holds more readably.
 */
export const rowKinds = {
  responses: {
    columns: { id, respondent_id: id, score: needed('score'), time },
    schema: product.surveyAnswer,
    unique: 'id',
  },
  events: {
    columns: { id: text, user_id: id, event: id, time, properties: json },
    schema: product.productEvent,
    unique: 'id',
  },
  sessions: {
    columns: { user_id: id, start: time, end: time },
    schema: product.session,
    unique: null,
  },
  views: {
    columns: { user_id: id, content_id: id, seconds: number, time },
    schema: product.view,
    unique: null,
  },
  content: { columns: { id, released_at: time }, schema: product.content, unique: 'id' },
  merchants: { columns: { id, sessions: number, orders: number }, schema: product.merchant, unique: 'id' },
  countries: {
    columns: { country: id, average: number, count: number },
    schema: product.storefrontRating,
    unique: 'country',
  },
  tickets: {
    columns: {
      id,
      requester_id: id,
      created_at: time,
      status: id,
      merged_into: text,
      follow_up_of: text,
      tags: texts,
    },
    schema: product.ticket,
    unique: 'id',
  },
  sprints: {
    columns: { id, state: id, completed_at: later, completed_points: number },
    schema: work.sprint,
    unique: 'id',
  },
  issues: {
    columns: { id, type: id, created_at: time, done_at: later, features: texts },
    schema: work.issue,
    unique: 'id',
  },
  items: { columns: { id, created_at: time, done_at: later }, schema: work.workItem, unique: 'id' },
  deploys: {
    columns: { started_at: time, finished_at: later, conclusion: id },
    schema: work.deployment,
    unique: null,
  },
  bugs: {
    columns: { id, created_at: time, affected_version: text },
    schema: work.bug,
    unique: 'id',
  },
  reports: { columns: { branch: id, coverage: number, time }, schema: work.coverageReport, unique: null },
  plans: {
    columns: { person_id: id, planned: number, completed: number },
    schema: work.learningPlan,
    unique: null, // a person may have several plans
  },
  hours: {
    columns: { person_id: id, time, learning: number, total: number },
    schema: work.workHours,
    unique: null,
  },
  entries: {
    columns: { id, time, value: { type: 'number' }, label: text, note: text, url: text },
    schema: work.uploadedEntry,
    unique: 'id',
  },
  subscriptions: {
    columns: { id, customer_id: id, currency: id, segments: needed('json') },
    schema: billing.subscription,
    unique: 'id',
  },
  customers: { columns: { id, channel: text }, schema: billing.customer, unique: 'id' },
  payments: {
    columns: {
      id,
      customer_id: id,
      currency: id,
      amount: number,
      tax: { type: 'number' },
      paid_at: time,
    },
    schema: billing.payment,
    unique: 'id',
  },
  refunds: {
    columns: {
      id,
      payment_id: id,
      amount: number,
      tax: { type: 'number' },
      refunded_at: time,
      status: text,
    },
    schema: billing.refund,
    unique: 'id',
  },
  disputes: {
    columns: { id, payment_id: id, amount: number, status: id, closed_at: later },
    schema: billing.dispute,
    unique: 'id',
  },
} satisfies { [Key in keyof RecordSets]?: Omit<RowKind, 'schema'> & { schema: z.ZodType<ItemOf<Key>> } };

export type RecordKind = keyof typeof rowKinds;

/** `respondentId`, `Respondent ID` and `respondent_id` are one column. */
export function columnName(written: string): string {
  return written
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** The JSON field of a column: `respondent_id` is `respondentId`. */
export function fieldName(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
