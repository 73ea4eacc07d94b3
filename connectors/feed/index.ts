import { defineConnector, defineMetric } from '../sdk/index.ts';
import { acceptPosts } from './accept.ts';
import { postMeaning } from './catalog.ts';
import { checkFeed } from './check.ts';
import { allowedHosts, configSchema, type FeedConfig, limits, SECRET_FIELDS } from './config.ts';
import { type PostParams, postParams } from './params.ts';
import { readPosts } from './posts.ts';

const postCount = defineMetric<FeedConfig, PostParams>({
  title: 'Posts by day',
  description:
    'Entries of the feed that were published on each day, if need be only those with a category. An entry counts once, ' +
    'however often it is changed. Days that the feed no longer reaches back to keep what was read before.',
  stage: 'discovery',
  unit: 'count',
  kind: 'flow',
  // Posts are tagged and taken back within days.
  settlesAfterHours: 24,
  rereadDays: 7,
  readEveryHours: 1,
  history: 'backfill',
  paramsSchema: postParams,
  catalog: postMeaning,
  accept: acceptPosts,
  read: readPosts,
});

export const feed = defineConnector<FeedConfig>({
  id: 'feed',
  title: 'Feed (RSS, Atom)',
  version: '1',
  experimental: true,
  configSchema,
  secretFields: SECRET_FIELDS,
  guide:
    'Enter the address of an RSS or Atom feed. If only whoever knows the address may read it, enter the host alone, and the ' +
    'rest as the secret address.',
  needsEndpoint: true,
  allowedHosts,
  limits,
  check: checkFeed,
  metrics: { post_count: postCount },
});
