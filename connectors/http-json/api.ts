import type { ConnectorContext } from '../sdk/index.ts';

/** How one connection speaks to its API, whatever its settings are called. */
export type Api = {
  /** As owners know it, for messages. */
  provider: string;
  base: URL;
  auth: Auth;
  headers: Readonly<Record<string, string>>;
  limits: { requestsPerSecond: number; concurrent: number };
  /** Statuses by which this provider asks for a pause although they say something else. */
  throttled?: readonly number[];
  /** What an owner checks when the key is refused. */
  keyHint: string;
};

export type Auth =
  | { kind: 'none' }
  | { kind: 'bearer'; secret: string }
  | { kind: 'basic'; user: string; secret: string }
  /** The key is the user name, and there is no password. */
  | { kind: 'basic_key'; secret: string }
  | { kind: 'header'; name: string; secret: string }
  | { kind: 'query'; name: string; secret: string }
  | { kind: 'oauth2'; tokenUrl: URL; clientId: string; secret: string; scope?: string };

export type AnyContext = Omit<ConnectorContext<unknown>, 'config'>;
