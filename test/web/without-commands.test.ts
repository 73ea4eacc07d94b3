import { expect, it } from 'vitest';
import { withoutCommands } from '../../src/web/without-commands.ts';

it.each([
  ['Import only what is new with --only LINE. Nothing was stored.', 'Nothing was stored.'],
  ['See `tidemark channel add --help` for what each kind of channel needs.', ''],
  [
    'Try again, or ask whoever runs Tidemark for a new password: `tidemark user reset-password EMAIL`.',
    'Try again, or ask whoever runs Tidemark for a new password.',
  ],
  ['Give one: tidemark rates upload FILE --into USD', 'Give one'],
  ['Wait a moment, then try again.', 'Wait a moment, then try again.'],
  ['The last days stand - nothing was lost.', 'The last days stand - nothing was lost.'],
  ['', ''],
])('a page that has no terminal says of %j what it can: %j', (fix, said) => {
  expect(withoutCommands(fix)).toBe(said);
});
