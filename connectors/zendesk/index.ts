import { defineConnector } from '../sdk/index.ts';
import { checkZendesk } from './check.ts';
import { limits } from './client.ts';
import { allowedHosts, configSchema, type ZendeskConfig } from './config.ts';
import { csat, ticketCount } from './metrics.ts';

export const zendesk = defineConnector<ZendeskConfig>({
  id: 'zendesk',
  title: 'Zendesk',
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['apiToken'],
  guide:
    'Switch on token access in the Admin Center of Zendesk (Apps and integrations, APIs), add an API token and enter it with the ' +
    'e-mail address of an agent who sees all tickets, best an administrator. Enter https://SUBDOMAIN.zendesk.com as the address of ' +
    'the connection.',
  needsEndpoint: true,
  allowedHosts,
  limits,
  check: checkZendesk,
  metrics: { ticket_count: ticketCount, csat },
});
