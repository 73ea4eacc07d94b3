import type { TemplateWorld } from '../../../../sandbox/template/server.ts';

export const TOKEN = 'token-kept-out-of-sight-0123';
/** The moment at which every test looks at the world. */
export const NOW = new Date('2026-03-10T12:00:00Z');

export const itemAt = (instant: string) => ({ id: instant, createdSeconds: Date.parse(instant) / 1_000 });

export function worldOf(given: Partial<TemplateWorld> = {}): TemplateWorld {
  return {
    nowSeconds: NOW.getTime() / 1_000,
    account: 'Globex',
    token: TOKEN,
    scopes: ['items:read'],
    items: [],
    lateSeconds: 0,
    pageSize: 100,
    retryAfterSeconds: null,
    ...given,
  };
}
