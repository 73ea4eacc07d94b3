/** One thing that a line of the record tells: what it is called, what it was, what it is. */
export type Detail = { name: string; before: string | null; after: string | null };

const LONGEST = 300;
/** The server writes no secrets down. Should one ever be called so, it is not shown either. */
const SECRET = /secret|password|passphrase|token|api.?key|private.?key|credential/i;

/** The details of a line, whatever they are, as rows to read: what has a `before` is told with it. */
export function detailRows(details: Record<string, unknown>): Detail[] {
  const { after, before, from, to, ...rest } = details;
  if (isObject(before)) {
    const now: Record<string, unknown> = isObject(after) ? after : rest;
    const others = isObject(after) ? rest : without(rest, Object.keys(before));
    return [
      ...Object.keys({ ...before, ...(isObject(after) ? after : {}) }).map((name) =>
        row(name, before[name], now[name]),
      ),
      ...plain({ ...others, ...given({ from, to }) }),
    ];
  }
  if (before !== undefined) {
    const name = 'value' in rest ? 'value' : 'before';
    const now = after ?? rest['value'];
    return [row(name, before, now), ...plain({ ...without(rest, ['value']), ...given({ from, to }) })];
  }
  if (from !== undefined && to !== undefined) return [row('', from, to), ...plain(rest)];
  return plain({ ...rest, ...given({ after, from, to }) });
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const given = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const without = (values: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

/** What is made of parts is told part by part, so that nobody has to read brackets. */
function plain(values: Record<string, unknown>): Detail[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const inner = isObject(value) && !SECRET.test(name) ? Object.entries(value) : [];
    if (inner.length === 0) return [{ name, before: null, after: said(name, value) }];
    return inner.map(([part, each]) => ({ name: `${name}.${part}`, before: null, after: said(part, each) }));
  });
}

function row(name: string, before: unknown, after: unknown): Detail {
  return { name, before: said(name, before), after: said(name, after) };
}

/** Null is told as a dash by the page; text as it is; the rest as it was written down. */
function said(name: string, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  // The names of secrets that were set are told, and stand in a list.
  if (SECRET.test(name) && !Array.isArray(value)) return '••••';
  const text =
    typeof value === 'string'
      ? value
      : JSON.stringify(value, (inner, each: unknown) =>
          SECRET.test(inner) && !Array.isArray(each) && each !== null ? '••••' : each,
        );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
