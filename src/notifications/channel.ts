import type { z } from 'zod';
import type { DeliveryResult, Fetch } from './delivery.ts';
import { type AlertMessage, alertMessageSchema } from './message.ts';

/** One attempt. `id` stays the same over all attempts, so that a receiver can drop a repeat. */
export type Delivery = { id: string; message: AlertMessage };

export type SendInput<Config, Secrets> = {
  config: Config;
  secrets: Secrets;
  delivery: Delivery;
  fetch: Fetch;
  signal: AbortSignal;
  now: Date;
};

/** What one channel file defines; `defineChannel` adds the checks that all channels share. */
export type ChannelDefinition<Config, Secrets> = {
  kind: 'webhook' | 'slack';
  title: string;
  configSchema: z.ZodType<Config>;
  secretsSchema: z.ZodType<Secrets>;
  secretFields: readonly (keyof Secrets & string)[];
  /** The settings of a new channel at this address. */
  settingsFor(url: string, newSigningSecret: () => string): NewSettings;
  address(config: Config, secrets: Secrets): URL;
  /** What may be shown of the address. */
  showAddress(url: URL): string;
  /** One sentence when this kind of channel may not post there, else null. */
  addressProblem(url: URL): string | null;
  send(input: SendInput<Config, Secrets>): Promise<DeliveryResult>;
};

/** `signingSecret` is to be shown once; null when the channel does not sign. */
export type NewSettings = {
  config: Record<string, unknown>;
  secrets: Record<string, string>;
  signingSecret: string | null;
};

export type ChannelKind = {
  kind: 'webhook' | 'slack';
  title: string;
  configSchema: z.ZodType;
  secretsSchema: z.ZodType;
  /** The names in `secretsSchema`; each is sealed on its own. */
  secretFields: readonly string[];
  /**
   * Takes the address of a new channel apart into what is stored in clear and what is sealed.
   * `allowedHosts` is where those secrets may be sent. The egress guard judges the address besides this.
   */
  accept(
    url: string,
    newSigningSecret: () => string,
  ): ({ ok: true; shown: string; allowedHosts: string[] } & NewSettings) | { ok: false; problem: string };
  /**
   * Makes one attempt of at most 15 s. Stored values that do not fit the schemas give `rejected`.
   *
   * @throws the reason of `signal` when that aborts: the attempt then counts for nothing
   */
  send(input: SendInput<unknown, unknown>): Promise<DeliveryResult>;
};

/** Hides the types of one channel's settings behind its schemas, so that all channels fit one list. */
export function defineChannel<Config, Secrets>(definition: ChannelDefinition<Config, Secrets>): ChannelKind {
  const { kind, title, configSchema, secretsSchema, secretFields } = definition;
  return {
    kind,
    title,
    configSchema,
    secretsSchema,
    secretFields,
    accept(text, newSigningSecret) {
      const settings = definition.settingsFor(text, newSigningSecret);
      const config = configSchema.safeParse(settings.config);
      const secrets = secretsSchema.safeParse(settings.secrets);
      if (!config.success || !secrets.success) {
        return { ok: false, problem: 'this is not a complete address such as https://example.com/hook' };
      }
      const url = definition.address(config.data, secrets.data);
      const problem = definition.addressProblem(url);
      if (problem !== null) return { ok: false, problem };
      return { ok: true, ...settings, shown: definition.showAddress(url), allowedHosts: [url.host] };
    },
    async send(input) {
      const config = configSchema.safeParse(input.config);
      const secrets = secretsSchema.safeParse(input.secrets);
      const message = alertMessageSchema.safeParse(input.delivery.message);
      if (!config.success || !secrets.success || !message.success) {
        return { ok: false, errorClass: 'rejected', status: null };
      }
      if (definition.addressProblem(definition.address(config.data, secrets.data)) !== null) {
        return { ok: false, errorClass: 'blocked_destination', status: null };
      }
      const delivery = { id: input.delivery.id, message: message.data };
      return definition.send({ ...input, config: config.data, secrets: secrets.data, delivery });
    },
  };
}
