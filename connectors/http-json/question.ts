/**
 * What is asked and how the number is picked from the answer: plain data, so that a preset is a file of data and a metric of the
 * owner's own is the same thing with the owner's words in it. Texts may hold the placeholders of `template.ts`.
 */
export type Question = {
  method: 'GET' | 'POST';
  /** Below the connection's address, with its query: `/v1/stats?from={{start_day}}`. */
  path: string;
  /** JSON; placeholders stand in its texts. */
  body?: unknown;
  /** `window`: one walk tells all days. `day`: one request a day. `now`: the present only, the point of today. */
  per: 'window' | 'day' | 'now';
  /** Windows are asked for in pieces of at most so many days. */
  maxDays?: number;
  paging: Paging;
  /** Pointers of what is there only when the answer is an error in spite of its status. */
  errorsAt: readonly string[];
  pick: Picking;
};

export type Paging =
  | { kind: 'none' }
  /** The next address stands in the `Link` header, as `rel="next"`. */
  | { kind: 'link_header' }
  /** The next address, of the same host, stands in the answer. */
  | { kind: 'next_url'; at: string }
  /** A text that the next request repeats, in a query parameter or as `{{cursor}}`. */
  | { kind: 'cursor'; at: string; param?: string }
  /** Numbered pages, or the number of items to pass over; the last page is short or empty, or `totalAt` says how many items there are. */
  | { kind: 'page'; first: number; param?: string; size?: number; totalAt?: string }
  | { kind: 'offset'; param?: string; size?: number; totalAt?: string };

export type DayAs = 'date' | 'instant' | 'unix' | 'unix_ms';
export type Combine = 'error' | 'sum' | 'avg' | 'min' | 'max' | 'last' | 'count';

/** All paths but `items` and `only` are taken from an item; without `items` the whole answer is the one item. */
export type Picking = {
  /** A list of at most one series; none is no data, and several are refused. `items` is taken from the one. */
  only?: string;
  items?: string;
  /** Of a window: the day of an item. Everywhere else the day is the one that was asked for. */
  day?: string;
  dayAs: DayAs;
  /** `day_end`: an instant that is the end of a day tells that day, and other instants are passed over. */
  instants?: 'in_day' | 'day_end';
  value?: string;
  numerator?: string;
  denominator?: string;
  /** The numerator is the picked one times the denominator: an average with its count. */
  weighted?: boolean;
  combine: Combine;
  scale?: string;
  offset?: string;
  /** Decimals that are kept, for whole minor units of money. */
  whole?: boolean;
  /** What an item without the value means. `error`: the answer has changed its shape. */
  absent: 'error' | 'none';
  /** What a day that a whole window does not mention means. */
  missing: 'zero' | 'none';
};
