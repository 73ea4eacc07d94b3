import fc from 'fast-check';

/**
 * The same examples in every run, so that a change is judged by what it changed. `TIDEMARK_SEED=random` looks for new
 * ones, and a number plays one again; fast-check names the seed of what it finds.
 */
const seed = process.env.TIDEMARK_SEED ?? '20261123';

fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
