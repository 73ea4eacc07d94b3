/** One figure of the table: `beside` stands next to it, and `ratio` is the one divided by the other. */
export type Figure = { name: string; value: number; unit: string };
export type Row = Figure & { beside: Figure | null; ratio: number | null };

export const alone = (name: string, value: number, unit: string): Row => ({
  name,
  value,
  unit,
  beside: null,
  ratio: null,
});

export const beside = (figure: Figure, other: Figure): Row => ({
  ...figure,
  beside: other,
  ratio: other.value === 0 ? null : figure.value / other.value,
});

/** Nothing where the system does not tell. */
export const memory = (name: string, mebibytes: number | null): Row[] =>
  mebibytes === null ? [] : [alone(name, mebibytes, 'MiB')];
