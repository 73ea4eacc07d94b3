import { expect, it } from 'vitest';
import { secretVariable } from '../../src/cli/secrets.ts';

it.each([
  ['apiKey', 'TIDEMARK_SECRET_API_KEY'],
  ['serviceAccountJSON', 'TIDEMARK_SECRET_SERVICE_ACCOUNT_JSON'],
  ['url', 'TIDEMARK_SECRET_URL'],
  ['api-key', 'TIDEMARK_SECRET_API_KEY'],
])('reads the secret %s from %s', (field, variable) => {
  expect(secretVariable(field)).toBe(variable);
});
