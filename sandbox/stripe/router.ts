import type { Fact } from '../model/facts.ts';
import type { SandboxState } from '../state.ts';
import type { World } from '../world.ts';
import { invalid, missing, Refusal, unknownUrl } from './errors.ts';
import { expandOn, expandOnList, type Finder, findEmbedded } from './expand.ts';
import { accountId, type Caller } from './keys.ts';
import { limitOf, parseQuery, type Query, refuseUnknown } from './query.ts';
import { renderAccount } from './render-account.ts';
import { renderCreditNoteLines } from './render-credit-note.ts';
import { renderLines } from './render-invoice.ts';
import { renderItems } from './render-subscription.ts';
import { pageOf, remembered, type Served } from './resource.ts';
import { RESOURCES } from './resources.ts';
import { type Wire, wireList } from './wire.ts';

export type StripeRequest = { method: string; path: string; search: string };
export type Surroundings = { state: SandboxState; world: World; caller: Caller };

/** The object or list that a request asks for. @throws Refusal for everything that Stripe would refuse */
export function answer(request: StripeRequest, around: Surroundings): Wire {
  const { method, path } = request;
  // One address has two words where the others have one.
  const [, version, collection = '', id, part, ...rest] = path
    .replace('/test_helpers/test_clocks', '/test_helpers%2Ftest_clocks')
    .split('/');
  if (version !== 'v1' || collection === '' || rest.length > 0) throw unknownUrl(method, path);
  if (id === 'search') throw unknownUrl(method, path);
  const resource = RESOURCES.find((candidate) => candidate.path === `/v1/${decodeURIComponent(collection)}`);
  if (method !== 'GET') throw refusedWrite(request, resource, around.caller);

  const query = parseQuery(request.search);
  if (collection === 'account' || collection === 'accounts') return account(request, id, query, around);
  if (collection === 'subscription_items') return subscriptionItems(request, query, around);
  if (resource === undefined) throw unknownUrl(method, path);
  around.caller.demand(`${resource.permission}_read`);
  if (id === undefined) return list(resource, query, around);
  if (part === undefined) return one(resource, decodeURIComponent(id), query, around);
  return nested(request, { resource, id, part }, query, around);
}

function list(resource: Served, query: Query, around: Surroundings): Wire {
  return expandedList(resource.list(query, around.world), resource.object, query, around);
}

function one(resource: Served, id: string, query: Query, around: Surroundings): Wire {
  refuseUnknown(query, []);
  const object = resource.find(id, around.world);
  if (object === null) throw missing(resource.object, id);
  const { world } = around;
  for (const path of query.expand) {
    expandOn(object, resource.object, { path, world, find: finder(around) });
  }
  return object;
}

function expandedList(answered: Wire, object: string, query: Query, around: Surroundings): Wire {
  const { world } = around;
  for (const path of query.expand) expandOnList(answered, object, { path, world, find: finder(around) });
  return answered;
}

/** Loads what an expansion names. Stripe asks for the right to read it, whoever was allowed to list its owner. */
function finder({ world, caller }: Surroundings): Finder {
  const byPrefix: Record<string, string> = { ch_: 'charge', re_: 'refund', du_: 'dispute' };
  return (object, id) => {
    const wanted = object === '*' ? (byPrefix[id.slice(0, 3)] ?? '') : object;
    const resource = RESOURCES.find((candidate) => candidate.object === wanted);
    if (resource !== undefined) caller.demand(`${resource.permission}_read`);
    return findEmbedded(wanted, id, world) ?? resource?.find(id, world) ?? null;
  };
}

function account(request: StripeRequest, id: string | undefined, query: Query, around: Surroundings): Wire {
  refuseUnknown(query, []);
  around.caller.demand('rak_accounts_kyc_basic_read');
  const { state } = around;
  if (request.path === '/v1/account') return renderAccount(state);
  if (id === undefined) return wireList('/v1/accounts', []);
  if (id === accountId(state.seed)) return renderAccount(state);
  const message = `The provided key does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`;
  throw new Refusal(403, { type: 'invalid_request_error', code: 'account_invalid', message });
}

const itemOwners = remembered(
  (_facts: readonly Fact[], { account }) =>
    new Map(account.subscriptions.list.flatMap((owner) => owner.items.map(({ id }) => [id, owner] as const))),
);

function subscriptionItems(request: StripeRequest, query: Query, around: Surroundings): Wire {
  const { world, caller } = around;
  caller.demand('rak_subscription_read');
  const id = request.path.split('/')[3];
  if (id !== undefined) {
    const owner = itemOwners(world.facts, world).get(id);
    const item =
      owner === undefined ? undefined : renderItems(owner, world).find((candidate) => candidate.id === id);
    if (item === undefined) throw missing('subscription_item', id);
    for (const path of query.expand) {
      expandOn(item, 'subscription_item', { path, world, find: finder(around) });
    }
    return item;
  }
  refuseUnknown(query, ['subscription', 'limit', 'starting_after', 'ending_before']);
  const owner = query.values.get('subscription');
  if (owner === undefined) {
    const message = 'Missing required param: subscription.';
    throw invalid(message, { code: 'parameter_missing', param: 'subscription' });
  }
  const subscription = world.account.subscriptions.get(owner);
  if (subscription === undefined) throw missing('subscription', owner, 'subscription');
  return paged(
    '/v1/subscription_items',
    'subscription_item',
    renderItems(subscription, world),
    query,
    around,
  );
}

type Nested = { resource: Served; id: string; part: string };

function nested(
  request: StripeRequest,
  { resource, id, part }: Nested,
  query: Query,
  around: Surroundings,
): Wire {
  const { world } = around;
  if (resource.object === 'invoice' && part === 'lines') {
    refuseUnknown(query, ['limit', 'starting_after', 'ending_before']);
    const invoice = world.account.invoices.get(id);
    if (invoice === undefined) throw missing('invoice', id);
    return paged(request.path, 'line_item', renderLines(invoice, world), query, around);
  }
  if (resource.object === 'credit_note' && part === 'lines') {
    refuseUnknown(query, ['limit', 'starting_after', 'ending_before']);
    const note = world.account.creditNotes.get(id);
    if (note === undefined) throw missing('credit_note', id);
    const lines = renderCreditNoteLines(note, world);
    return paged(request.path, 'credit_note_line_item', lines, query, around);
  }
  const inner = { charge: ['refunds', 'refund'], customer: ['subscriptions', 'subscription'] }[
    resource.object
  ];
  const target = RESOURCES.find((candidate) => candidate.object === inner?.[1]);
  if (target === undefined || inner?.[0] !== part) throw unknownUrl(request.method, request.path);
  if (resource.find(id, world) === null) throw missing(resource.object, id);
  around.caller.demand(`${target.permission}_read`);
  const narrowed = { ...query, values: new Map([...query.values, [resource.object, id]]) };
  return { ...list(target, narrowed, around), url: request.path };
}

function paged(
  url: string,
  object: string,
  members: readonly Wire[],
  query: Query,
  around: Surroundings,
): Wire {
  const limit = limitOf(query);
  const { page, hasMore } = pageOf(members, {
    query,
    limit,
    keep: () => true,
    object,
    id: ({ id }) => String(id),
  });
  return expandedList(wireList(url, page, hasMore), object, query, around);
}

function refusedWrite(request: StripeRequest, resource: Served | undefined, caller: Caller): Refusal {
  if (resource === undefined) return unknownUrl(request.method, request.path);
  caller.demand(`${resource.permission}_write`);
  return unknownUrl(request.method, request.path);
}
