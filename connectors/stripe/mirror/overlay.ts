type Fields = Readonly<Record<string, unknown>>;

/** An object with the old values of what changed: inside objects field by field, arrays as a whole. */
export function overlaid(object: Fields, previous: Fields): Fields {
  const laid = Object.entries(previous).map(([name, old]): [string, unknown] => {
    const current = object[name];
    return [name, isFields(current) && isFields(old) ? overlaid(current, old) : old];
  });
  return { ...object, ...Object.fromEntries(laid) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
