import type { Socket } from 'node:net';
import type { z } from 'zod';
import type { OutwardEvent } from '../domain/outward-event.ts';
import type { DeliveryResult, Fetch } from './delivery.ts';
import { type Message, messageSchema } from './message.ts';
import { outwardEventSchema } from './outward-event.ts';

export type ChannelKindId = 'webhook' | 'slack' | 'email';

/** One attempt. `id` stays the same over all attempts, so that a receiver can drop a repeat. */
export type Delivery = { id: string; message: Message };

/** The guarded way to a server that does not speak HTTP; see `src/egress/guarded-socket.ts`. */
export type Connect = (
  target: { host: string; port: number },
  signal: AbortSignal,
) => Promise<{
  socket: Socket;
  /** The operator has opened exactly this host and port. */
  opened: boolean;
  /** How a certificate is checked. */
  tls: { servername: string; ca?: string[] };
}>;

export type SendInput<Config, Secrets> = {
  config: Config;
  secrets: Secrets;
  delivery: Delivery;
  fetch: Fetch;
  /** Only e-mail needs it; without it a mail is `blocked_destination`. */
  connect?: Connect;
  /** Recipients who have this delivery from an earlier attempt. Absent: the caller cannot remember any. */
  alreadyTaken?: readonly string[];
  /** Where people open the page: the links of events lead there. */
  appUrl?: string;
  signal: AbortSignal;
  now: Date;
};

/** One attempt to deliver an event instead of a message. */
export type SendEventInput<Config, Secrets> = Omit<SendInput<Config, Secrets>, 'delivery'> & {
  delivery: { id: string; event: OutwardEvent };
};

/** The settings of a new channel as a person gave them: an address, or what the kind asks for. */
export type ChannelDraft = {
  url?: string;
  config?: Record<string, unknown>;
  secrets?: Record<string, string>;
};

/** What one delivery may hold; the rest of what there is to say goes into further deliveries. */
export type ChannelTakes = {
  /** Pieces of news in one delivery; 1: nothing is grouped. */
  maxItems: number;
  /** Text for people, with charts; a program takes the numbers without them. */
  charts: boolean;
};

type Shared = {
  kind: ChannelKindId;
  title: string;
  takes: ChannelTakes;
  /** The names in `secretsSchema`; each is sealed on its own. */
  secretFields: readonly string[];
};

/** What one channel file defines; `defineChannel` adds the checks that all channels share. */
export type ChannelDefinition<Config, Secrets> = Shared & {
  configSchema: z.ZodType<Config>;
  secretsSchema: z.ZodType<Secrets>;
  secretFields: readonly (keyof Secrets & string)[];
  settingsFor(draft: ChannelDraft, newSigningSecret: () => string): NewSettings;
  /** Everywhere that it connects to. */
  addresses(config: Config, secrets: Secrets): URL[];
  /** What may be shown of the settings. */
  show(config: Config, secrets: Secrets): string;
  /** One sentence when the settings are fine one by one but not together, else null. */
  settingsProblem?(config: Config, secrets: Secrets): string | null;
  /** One sentence when this kind of channel may not go there, else null. */
  addressProblem(url: URL): string | null;
  send(input: SendInput<Config, Secrets>): Promise<DeliveryResult>;
  /** Absent: this kind of channel is told news alone. */
  sendEvent?(input: SendEventInput<Config, Secrets>): Promise<DeliveryResult>;
};

/** `signingSecret` is to be shown once; null when the channel does not sign. */
export type NewSettings = {
  config: Record<string, unknown>;
  secrets: Record<string, string>;
  signingSecret: string | null;
};

/** `reach` is for the egress guard to judge; the secrets may be sent to `allowedHosts` and nowhere else. */
export type Accepted =
  | ({ ok: true; shown: string; allowedHosts: string[]; reach: string[] } & NewSettings)
  | { ok: false; problem: string };

export type ChannelKind = Shared & {
  configSchema: z.ZodType;
  secretsSchema: z.ZodType;
  /**
   * Takes the settings of a new channel apart into what is stored in clear and what is sealed. Text alone is an address.
   * The egress guard judges `reach` besides this.
   */
  accept(draft: string | ChannelDraft, newSigningSecret: () => string): Accepted;
  /**
   * Makes one attempt of at most 15 s. Stored values that do not fit the schemas give `rejected`.
   *
   * @throws the reason of `signal` when that aborts: the attempt then counts for nothing
   */
  send(input: SendInput<unknown, unknown>): Promise<DeliveryResult>;
};

/** Hides the types of one channel's settings behind its schemas, so that all channels fit one list. */
export function defineChannel<Config, Secrets>(definition: ChannelDefinition<Config, Secrets>): ChannelKind {
  const { configSchema, kind, secretFields, secretsSchema, takes, title } = definition;
  return {
    kind,
    title,
    takes,
    configSchema,
    secretsSchema,
    secretFields,
    accept(given, newSigningSecret) {
      const draft = typeof given === 'string' ? { url: given } : given;
      const settings = definition.settingsFor(draft, newSigningSecret);
      const config = configSchema.safeParse(settings.config);
      const secrets = secretsSchema.safeParse(settings.secrets);
      if (!config.success) return { ok: false, problem: problemOf(config.error, draft) };
      if (!secrets.success) return { ok: false, problem: problemOf(secrets.error, draft) };
      const together = definition.settingsProblem?.(config.data, secrets.data) ?? null;
      if (together !== null) return { ok: false, problem: together };
      const urls = definition.addresses(config.data, secrets.data);
      const problem = urls.map((url) => definition.addressProblem(url)).find((text) => text !== null);
      if (problem !== undefined) return { ok: false, problem };
      return {
        ok: true,
        ...settings,
        shown: definition.show(config.data, secrets.data),
        allowedHosts: urls.map(({ host }) => host),
        reach: urls.map(({ href }) => href),
      };
    },
    async send(input) {
      const config = configSchema.safeParse(input.config);
      const secrets = secretsSchema.safeParse(input.secrets);
      const event = outwardEventSchema.safeParse(input.delivery.message);
      const message = messageSchema.safeParse(input.delivery.message);
      const isTaken = event.success ? definition.sendEvent !== undefined : message.success;
      if (!config.success || !secrets.success || !isTaken) {
        return { ok: false, errorClass: 'rejected', status: null };
      }
      if ((definition.settingsProblem?.(config.data, secrets.data) ?? null) !== null) {
        return { ok: false, errorClass: 'rejected', status: null };
      }
      const urls = definition.addresses(config.data, secrets.data);
      if (urls.some((url) => definition.addressProblem(url) !== null)) {
        return { ok: false, errorClass: 'blocked_destination', status: null };
      }
      const checked = { ...input, config: config.data, secrets: secrets.data };
      const { id } = input.delivery;
      if (event.success && definition.sendEvent !== undefined) {
        return definition.sendEvent({ ...checked, delivery: { id, event: event.data } });
      }
      if (!message.success) return { ok: false, errorClass: 'rejected', status: null };
      return definition.send({ ...checked, delivery: { id, message: message.data } });
    },
  };
}

/** One sentence about the first thing that is wrong. It names the field, never what was typed into it. */
function problemOf(error: z.ZodError, draft: ChannelDraft): string {
  const [issue] = error.issues;
  if (draft.url !== undefined || issue === undefined) {
    return 'this is not a complete address such as https://example.com/hook';
  }
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`;
}
