import { createPublicLink, listPublicLinks, revokePublicLink } from '../../app/public-link.ts';
import { type Operations, page } from '../call.ts';
import type { publicLinkRoutes } from '../contracts/public-links.ts';
import { createdPublicLinkView, publicLinkView } from '../views-public-links.ts';

/** Addresses that show one Key Result to whoever has them. */
export const publicLinkOperations: Pick<Operations, keyof typeof publicLinkRoutes> = {
  createPublicLink: async ({ deps, actor, params, body, publicUrl }) =>
    createdPublicLinkView(await createPublicLink(deps, actor, params.id, body.label), publicUrl),
  listPublicLinks: async ({ deps, actor, params }) =>
    page((await listPublicLinks(deps, actor, params.id)).map(publicLinkView)),
  revokePublicLink: async ({ deps, actor, params }) =>
    publicLinkView(await revokePublicLink(deps, actor, params.id)),
};
