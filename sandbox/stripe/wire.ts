/** A JSON object as it goes over the wire; fields in the provider's names. */
export type Wire = { [field: string]: unknown };

export function wireList(url: string, data: readonly Wire[], hasMore = false): Wire {
  return { object: 'list', data, has_more: hasMore, url };
}

/** A list inside another object: at most ten members, the others behind its own address. */
export function nestedList(url: string, all: readonly Wire[]): Wire {
  return wireList(url, all.slice(0, 10), all.length > 10);
}
