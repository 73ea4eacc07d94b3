import type { PublicLinkRecord } from '../app/ports-public-links.ts';
import type { CreatedPublicLink } from '../app/public-link.ts';

/** Public links in the shapes of the contract. */

export function publicLinkView({ createdAt, revokedAt, ...link }: PublicLinkRecord) {
  return { ...link, createdAt: createdAt.toISOString(), revokedAt: revokedAt?.toISOString() ?? null };
}

export function createdPublicLinkView({ hasChart, link, token }: CreatedPublicLink, publicUrl: string) {
  const base = publicUrl.replace(/\/+$/, '');
  return {
    ...publicLinkView(link),
    token,
    urls: {
      badgeSvg: `${base}/badge/${token}.svg`,
      badgeJson: `${base}/badge/${token}.json`,
      chartSvg: hasChart ? `${base}/chart/${token}.svg` : null,
      chartPng: hasChart ? `${base}/chart/${token}.png` : null,
    },
  };
}
