import { invalidSearch } from './refusal.ts';
import { secondsOf, type ZendeskTicket, type ZendeskWorld } from './world.ts';

type Condition = (ticket: ZendeskTicket) => boolean;

const TERM = /(-?)([a-z_]+)(>=|<=|>|<|:)("[^"]*"|\S+)|(\S+)/g;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;
const DAY_SECONDS = 86_400;

/**
 * The part of Zendesk's search that counts tickets: `created`, `tags`, `status` and, outside of an export, `type`. Several
 * `tags:` have to hold together, and a minus leaves out. Words in the text of a ticket are not searched here.
 */
export function searchTickets(world: ZendeskWorld, query: string, mayNameType: boolean): ZendeskTicket[] {
  const conditions = [...query.matchAll(TERM)].map(([, minus, keyword, operator, value, other]) => {
    if (keyword === undefined || operator === undefined || value === undefined) {
      throw invalidSearch(`the sandbox does not search for words (${other ?? ''})`);
    }
    const condition = conditionOf(world, keyword, operator, value.replaceAll('"', ''), mayNameType);
    return minus === '-' ? (ticket: ZendeskTicket) => !condition(ticket) : condition;
  });
  const shownUntil = world.nowSeconds - world.indexLagSeconds;
  return world.tickets.filter(
    (ticket) =>
      ticket.status !== 'deleted' &&
      secondsOf(ticket.createdAt) <= shownUntil &&
      conditions.every((condition) => condition(ticket)),
  );
}

function conditionOf(
  world: ZendeskWorld,
  keyword: string,
  operator: string,
  value: string,
  mayNameType: boolean,
): Condition {
  switch (keyword) {
    case 'created':
      return createdCondition(world, operator, value);
    case 'tags':
      return ({ tags = [] }) => tags.includes(value);
    case 'status':
      return ({ status = 'open' }) => status === value;
    case 'type':
      if (!mayNameType) throw invalidSearch('type is not allowed in the query, use filter[type]');
      return () => value === 'ticket';
    default:
      throw invalidSearch(`the sandbox does not know the keyword ${keyword}`);
  }
}

/** A date is a whole day of the account's zone: `<=` reaches to its end, and `>` begins after it. */
function createdCondition(
  { accountOffsetMinutes }: ZendeskWorld,
  operator: string,
  value: string,
): Condition {
  if (!DATE.test(value) && !INSTANT.test(value)) throw invalidSearch(`${value} is not a date`);
  const isDay = DATE.test(value);
  const from = isDay ? secondsOf(`${value}T00:00:00Z`) - accountOffsetMinutes * 60 : secondsOf(value);
  const to = from + (isDay ? DAY_SECONDS : 1);
  return ({ createdAt }) => {
    const at = secondsOf(createdAt);
    if (operator === '>=') return at >= from;
    if (operator === '>') return at >= to;
    if (operator === '<') return at < from;
    return operator === '<=' ? at < to : at >= from && at < to;
  };
}
