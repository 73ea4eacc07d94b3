import { z } from 'zod';
import { addressBelow, ConnectorError, secretForms } from '../sdk/index.ts';

const ACCESS = ['public', 'secret_address', 'password'] as const;

export const configSchema = z
  .object({
    access: z
      .enum(ACCESS, { error: `Say who may read the feed: ${ACCESS.join(', ')}` })
      .describe(
        'Who may read the feed: public (the address of the connection is that of the feed), secret_address (whoever knows it), or password',
      ),
    address: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .regex(/^[^\s<>"]*$/, { error: 'The address has a blank or a sign that no address has' })
      .optional()
      .describe('secret_address: the whole address, or what follows the host, such as /feed.xml?token=…'),
    user: z.string().trim().max(200).optional().describe('password: user name'),
    password: z.string().min(1).max(1_000).optional().describe('password: password of the user'),
    keeps: z
      .int()
      .min(1)
      .max(20_000)
      .optional()
      .describe(
        'How many entries the feed keeps, as its settings say (WordPress: 10). With fewer in it, it holds all there ever were',
      ),
  })
  .superRefine(({ access, address, password, user = '' }, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (access === 'secret_address' && address === undefined) problem('address', 'Enter the secret address');
    if (access !== 'secret_address' && address !== undefined)
      problem('address', `A secret address is given, and access is ${access}. Choose secret_address`);
    if (access === 'password' && password === undefined) problem('password', 'Enter the password');
    if (access === 'password' && user === '') problem('user', 'Enter the user name');
    if (user.includes(':')) problem('user', 'A user name has no colon');
    if (access !== 'password' && password !== undefined)
      problem('password', `A password is given, and access is ${access}. Choose password`);
  });
export type FeedConfig = z.infer<typeof configSchema>;

export const SECRET_FIELDS = ['address', 'password'];
export const limits = { requestsPerSecond: 10, concurrent: 1 };

/** Secrets go to the host of the connection's address. Without one there is no host, and this name never resolves (RFC 2606). */
export function allowedHosts(endpoint: URL | null): string[] {
  return [endpoint === null ? 'address-missing.invalid' : endpoint.host];
}

export type FeedAddress = { provider: string; url: URL; secrets: string[]; authorization: string | null };

/** @throws ConnectorError `config` when the connection has no address, or the secret one lies elsewhere */
export function addressOf(config: FeedConfig, endpoint: URL | null): FeedAddress {
  if (endpoint === null) {
    const hint = 'Enter the address of the feed, such as https://blog.example.com/feed.xml.';
    const message = `This connection has no address. ${hint}`;
    throw new ConnectorError(message, {
      errorClass: 'config',
      code: 'no_address',
      remedy: { by: 'owner', hint },
    });
  }
  const { access, address = '', password = '', user = '' } = config;
  const place = { provider: endpoint.host, url: endpoint, secrets: [], authorization: null };
  if (access === 'secret_address') {
    const url = addressBelow(endpoint, address);
    return { ...place, url, secrets: secretForms(address, url) };
  }
  if (access === 'public') return place;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return { ...place, authorization, secrets: [password, `${user}:${password}`] };
}
