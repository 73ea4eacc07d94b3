import { defineConnector } from '../sdk/index.ts';
import { checkTypeform } from './check.ts';
import { limits } from './client.ts';
import { allowedHosts, configSchema, type TypeformConfig } from './config.ts';
import { csat, nps, npsAverage, responseCount } from './metrics.ts';

export const typeform = defineConnector<TypeformConfig>({
  id: 'typeform',
  title: 'Typeform',
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['token'],
  guide:
    'Create a personal token in Typeform (Account, Personal tokens) with the scopes responses:read and forms:read, and enter it with ' +
    'the id of the form, the last part of its address. Accounts of the European data centre enter https://api.eu.typeform.com as the ' +
    'address of the connection.',
  allowedHosts,
  limits,
  check: checkTypeform,
  metrics: { nps, nps_average: npsAverage, csat, response_count: responseCount },
});
