import { z } from 'zod';
import { list } from '../contract.ts';
import type { Route } from '../route.ts';
import { instant, text, titles } from './fields.ts';

/** Addresses that show one Key Result, its badge and its chart, to whoever has them. */

export const createPublicLinkSchema = z.strictObject({
  /** What it is for: the page that shows it, for example. */
  label: text(200).default(''),
});
export const publicLinkSchema = z.object({
  id: z.string(),
  keyResultId: z.string(),
  keyResultKey: z.string(),
  /** Of the Key Result. */
  title: z.string(),
  titles,
  label: z.string(),
  createdBy: z.string(),
  createdAt: instant,
  revokedAt: instant.nullable(),
});
export const createdPublicLinkSchema = publicLinkSchema.extend({
  /** Told this once, here and in the addresses. */
  token: z.string(),
  /** All of them take `?lang=`, the chart `?theme=` too. */
  urls: z.object({
    badgeSvg: z.string(),
    /** What shields.io asks of an endpoint. */
    badgeJson: z.string(),
    /** Both null where there is no line to draw: steps are done or not. */
    chartSvg: z.string().nullable(),
    chartPng: z.string().nullable(),
  }),
});

export const publicLinkRoutes = {
  createPublicLink: {
    method: 'POST',
    path: '/api/v1/key-results/:id/public-links',
    access: 'edit',
    body: createPublicLinkSchema,
    status: 201,
    answer: createdPublicLinkSchema,
  },
  /** Those in force, the newest first. */
  listPublicLinks: {
    method: 'GET',
    path: '/api/v1/key-results/:id/public-links',
    access: 'view',
    status: 200,
    answer: list(publicLinkSchema),
  },
  revokePublicLink: {
    method: 'DELETE',
    path: '/api/v1/public-links/:id',
    access: 'edit',
    status: 200,
    answer: publicLinkSchema,
  },
} as const satisfies Record<string, Route>;

export type PublicLinkView = z.infer<typeof publicLinkSchema>;
export type CreatedPublicLinkView = z.infer<typeof createdPublicLinkSchema>;
