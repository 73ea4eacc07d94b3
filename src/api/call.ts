import type { z } from 'zod';
import type { Actor, Deps } from '../app/ports.ts';
import type { DigestOf } from '../app/preview-digest.ts';
import type { Answer, RouteName, routes } from './routes.ts';

/** What an operation is handed: its input has passed the route's schemas. */
export type Call<Name extends RouteName> = {
  deps: Deps;
  actor: Actor;
  params: { id: string };
  body: (typeof routes)[Name] extends { body: infer Schema extends z.ZodType } ? z.output<Schema> : undefined;
  query: (typeof routes)[Name] extends { query: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : undefined;
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
  /** The address that people and providers know this server by. */
  publicUrl: string;
};

/** Signing in is the server's own; everything else is one function a route. */
export type Operations = {
  [Name in Exclude<RouteName, 'createSession' | 'createSignInLink'>]: (
    call: Call<Name>,
  ) => Promise<Answer<Name>>;
};

export const page = <T>(data: T[]) => ({ data, page: { nextCursor: null } });
