import { queryOptions } from '@tanstack/react-query';
import type { Answer, Body } from '../api/client-types.ts';
import type { Lang } from '../i18n/index.ts';
import { call, callAll } from './api.ts';

export type BindingPreview = Answer<'previewBinding'>;
export type BindingRequest = Body<'previewBinding'>;
export type Drafts = Answer<'readTextDrafts'>;
export type Draft = Drafts['keyResults'][number];
export type Imported = Answer<'importText'>;
export type Measurable = Answer<'listMeasurable'>['data'][number];
export type CatalogEntry = Answer<'getCatalogEntry'>;
export type Detail = Answer<'getKeyResult'>;

/** It changes when somebody saves, and then everything is read again. */
const KEPT_MS = 60_000;

export const cyclesQuery = queryOptions({
  queryKey: ['cycles'],
  queryFn: ({ signal }) => callAll('listCycles', { signal }),
  staleTime: KEPT_MS,
});

export const objectivesQuery = queryOptions({
  queryKey: ['objectives'],
  queryFn: ({ signal }) => callAll('listObjectives', { signal }),
  staleTime: KEPT_MS,
});

export const ownKeysQuery = queryOptions({
  queryKey: ['own-keys'],
  queryFn: async ({ signal }) => (await callAll('listKeyResults', { signal })).map(({ key }) => key),
  staleTime: KEPT_MS,
});

export const catalogQuery = (lang: Lang) =>
  queryOptions({
    queryKey: ['catalog', lang],
    queryFn: ({ signal }) => callAll('listCatalog', { query: { lang }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const catalogEntryQuery = (metric: string, lang: Lang) =>
  queryOptions({
    queryKey: ['catalog-entry', metric, lang],
    queryFn: ({ signal }) => call('getCatalogEntry', { params: { id: metric }, query: { lang }, signal }),
    staleTime: KEPT_MS,
  });

/** The metric of the catalogue that a title seems to mean; null when it names none. */
export const meantByTitleQuery = (title: string) =>
  queryOptions({
    queryKey: ['meant-by-title', title],
    queryFn: async ({ signal }) => {
      const drafts = await call('readTextDrafts', { body: { text: `- ${asSentence(title)}` }, signal });
      const [draft] = [...drafts.keyResults, ...drafts.objectives.flatMap(({ keyResults }) => keyResults)];
      return draft?.metric?.key ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A title without numbers is no Key Result to whoever reads it: with some it says what it measures. */
function asSentence(title: string): string {
  if (/\d/.test(title)) return title;
  return /\p{Script=Han}/u.test(title) ? `${title}从 10 提升到 20` : `${title} from 10 to 20`;
}

export const measurableQuery = (connection: string) =>
  queryOptions({
    queryKey: ['measurable', connection],
    queryFn: ({ signal }) => callAll('listMeasurable', { params: { id: connection }, signal }),
    staleTime: KEPT_MS,
  });

export const detailQuery = (key: string) =>
  queryOptions({
    queryKey: ['key-result-to-bind', key],
    queryFn: ({ signal }) => call('getKeyResult', { params: { id: key }, signal }),
  });

export const rulesQuery = queryOptions({
  queryKey: ['alert-rules-of-wizard'],
  queryFn: ({ signal }) => callAll('listAlertRules', { signal }),
});

/** Asked once for each question; the source itself is asked anew only when somebody says so. */
export const previewQuery = (key: string, request: BindingRequest | null) =>
  queryOptions({
    queryKey: ['binding-preview', key, request],
    queryFn: ({ signal }) => {
      if (request === null) throw new Error('nothing was chosen to look at');
      return call('previewBinding', { params: { id: key }, body: request, signal });
    },
    enabled: request !== null,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

export const textDraftsQuery = (text: string, cycle: string | null) =>
  queryOptions({
    queryKey: ['text-drafts', text, cycle],
    queryFn: ({ signal }) => call('readTextDrafts', { body: { text, cycle }, signal }),
    enabled: text.trim() !== '',
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
