/** Every value is text, and a number is written with as many digits as it needs. */
export function wireRow(row: {
  dimensions: readonly string[];
  numbers: readonly number[];
}): Record<string, unknown> {
  return {
    ...listed(
      'dimensionValues',
      row.dimensions.map((value) => ({ value })),
    ),
    metricValues: row.numbers.map((value) => ({ value: String(value) })),
  };
}

/** An empty list is left out, as proto JSON does. */
export function listed(name: string, values: readonly unknown[]): Record<string, unknown> {
  return values.length === 0 ? {} : { [name]: values };
}
