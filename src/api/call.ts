import type { z } from 'zod';
import type { Actor, Deps } from '../app/ports.ts';
import type { MessageRecord } from '../app/ports-alert-story.ts';
import type { HttpStore } from '../app/ports-http.ts';
import type { DigestOf } from '../app/preview-digest.ts';
import type { Caller } from './access.ts';
import type { Download } from './download.ts';
import type { Page } from './paging.ts';
import type { PublicPictures } from './public-links.ts';
import type { Answer, RouteName, routes } from './routes.ts';
import type { OpenRoute } from './sign-in.ts';

/** What an operation is handed: its input has passed the route's schemas. */
export type Call<Name extends RouteName> = {
  deps: Deps;
  actor: Actor;
  /** With what they were given; `actor` is what the record says of them. */
  caller: Caller;
  /** Where the request came from. */
  ip: string;
  /** The cookie of a browser. */
  session: { drop(): void };
  params: { id: string };
  body: (typeof routes)[Name] extends { body: infer Schema extends z.ZodType } ? z.output<Schema> : undefined;
  query: (typeof routes)[Name] extends { query: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : undefined;
  /** Of a list: an operation may read no more than this needs. What it answers is ordered, filtered and cut afterwards. */
  page: Page | null;
  /** Of a list: the filters that `conventions.ts` names, as they were given; values are separated by commas. */
  filters: Record<string, string>;
  http: HttpStore;
  syncsPerHour: number;
  /** Of a route that takes a file: its bytes as they come. Empty elsewhere. */
  file: AsyncIterable<Uint8Array>;
  /** The same key again is the same delivery; null when none was sent. */
  idempotencyKey: string | null;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
  /** What a channel is tested with. */
  testMessage(now: Date): unknown;
  /** What the digest of a channel would say now. */
  digestOf(channelId: string, lang: 'en' | 'zh-CN'): ReturnType<DigestOf>;
  /** What a message says, as its channel is written to. */
  contentOf(message: MessageRecord): MessageContent | null;
  /** The address that people and providers know this server by. */
  publicUrl: string;
  pictures: PublicPictures;
};

export type MessageContent = { format: 'text' | 'json'; lang: 'en' | 'zh-CN'; text: string };

/** Signing in is the server's own; everything else is one function a route. */
export type Operations = {
  [Name in Exclude<RouteName, OpenRoute>]: (
    call: Call<Name>,
  ) => Promise<(typeof routes)[Name] extends { download: readonly string[] } ? Download : Answer<Name>>;
};

export const page = <T>(data: T[]) => ({ data, page: { nextCursor: null } });

/** How many rows an operation has to read for a page: one more shows whether there is another page. */
export const rowsFor = (asked: Page | null): number => (asked?.limit ?? 0) + 1;

/** Of a list that goes by descending ids: the id that the page begins behind. */
export function beforeOf(asked: Page | null): string | null {
  const [id] = asked?.after ?? [];
  return id === undefined || id === null ? null : String(id);
}

/** The values of a filter; null: any. */
export function valuesOf(filters: Record<string, string>, field: string): string[] | null {
  return filters[field]?.split(',') ?? null;
}
