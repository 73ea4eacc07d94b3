import { defineConnector } from '../sdk/index.ts';
import { checkPlay } from './check.ts';
import { limits } from './client.ts';
import { allowedHosts, configSchema, type PlayConfig } from './config.ts';
import { storeRating } from './rating.ts';

export const googlePlay = defineConnector<PlayConfig>({
  id: 'google_play',
  title: 'Google Play',
  experimental: true,
  version: '1',
  configSchema,
  secretFields: ['serviceAccountKey'],
  guide:
    'Create a service account with a JSON key, invite its e-mail address in Play Console, Users and permissions, with the right ' +
    'to view app information and download bulk reports, and copy the Cloud Storage URI of Download reports.',
  allowedHosts,
  limits,
  check: checkPlay,
  metrics: { store_rating: storeRating },
});
