import type { ParamValue, WindowRule } from '../../src/domain/catalog/types.ts';

/** The parameters of a reading under the metric catalogue's names, and over which days each of its points is. */
export type CatalogReading = { params: Readonly<Record<string, ParamValue>>; window: WindowRule };

/**
 * Which metric of the catalogue a connector's metric is. Only for one that computes that very definition: a number that
 * merely goes by the same name has none.
 */
export type CatalogMeaning<Params> = {
  metric: string;
  /** Null: with these parameters it is another number than the catalogue's. */
  define(params: Params): CatalogReading | null;
  /** The connector's parameters that a wanted reading fixes; what it leaves open only the owner knows. */
  suggest?(wanted: CatalogReading): Readonly<Record<string, unknown>>;
};
