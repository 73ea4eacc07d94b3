import { z } from 'zod';
import { addressBelow, ConnectorError, secretForms } from '../sdk/index.ts';

export const configSchema = z
  .object({
    address: z
      .string({ error: 'Enter the secret address of the calendar in iCal format' })
      .trim()
      .min(1, { error: 'Enter the secret address of the calendar in iCal format' })
      .max(2_000)
      .regex(/^[^\s<>"]*$/, { error: 'The address has a blank or a sign that no address has' })
      .describe('The address of the calendar in iCal format: whole, or what follows the host'),
    user: z.string().trim().min(1).max(200).optional().describe('User name, where the server asks for one'),
    password: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe('Password, or password of an app, of that user'),
    pastDays: z
      .int()
      .min(1)
      .max(3_660)
      .optional()
      .describe(
        'How many days back the calendar tells of, where it leaves out older events: days before keep what was read',
      ),
  })
  .superRefine(({ password, user }, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (user?.includes(':') === true) problem('user', 'A user name has no colon');
    if (user !== undefined && password === undefined) problem('password', 'Enter the password of that user');
    if (user === undefined && password !== undefined) problem('user', 'Enter the user of that password');
  });
export type CalendarConfig = z.infer<typeof configSchema>;

export const SECRET_FIELDS = ['address', 'password'];
export const limits = { requestsPerSecond: 2, concurrent: 1 };

/** Secrets go to the host of the connection's address. Without one there is no host, and this name never resolves (RFC 2606). */
export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? 'address-missing.invalid' : endpoint.host];
}

export type CalendarAddress = { provider: string; url: URL; secrets: string[]; authorization: string | null };

/** @throws ConnectorError `config` when the connection has no address, or the secret one lies elsewhere */
export function addressOf(config: CalendarConfig, endpoint: URL | null): CalendarAddress {
  if (endpoint === null) {
    const hint = 'Enter where the calendar is, such as https://calendar.google.com.';
    throw new ConnectorError(`This connection has no address. ${hint}`, {
      errorClass: 'config',
      code: 'no_address',
      remedy: { by: 'owner', hint },
    });
  }
  const { address, password, user } = config;
  const url = addressBelow(endpoint, address);
  const place = { provider: endpoint.host, url };
  const secrets = secretForms(address, url);
  if (user === undefined || password === undefined) return { ...place, secrets, authorization: null };
  const pair = `${user}:${password}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  return { ...place, authorization, secrets: [...secrets, pair, password] };
}
