import { expect, it } from 'vitest';
import { grantable, ownerHas, roleHas, scopes } from '../../src/domain/access.ts';
import { passwordProblem } from '../../src/domain/password.ts';

const mei = { name: 'Mei Lin', email: 'mei.lin@example.com' };

it.each([
  { role: 'viewer', has: ['read'] },
  { role: 'editor', has: ['read', 'write', 'sync', 'credentials'] },
  { role: 'admin', has: ['read', 'write', 'sync', 'credentials', 'admin'] },
] as const)('a $role may $has', ({ role, has }) => {
  expect(scopes.filter((scope) => roleHas(role, scope))).toEqual(has);
});

it("an owner may sync a connection and replace its key, and so may a viewer's token for that", () => {
  expect(scopes.filter(ownerHas)).toEqual(['sync', 'credentials']);
  expect(grantable('viewer')).toEqual(['read', 'sync', 'credentials']);
});

it.each([
  { password: 'elevenchars', problem: 'too_short' },
  { password: '十一个汉字不够长啊啊啊', problem: 'too_short' },
  { password: 'x'.repeat(201), problem: 'too_long' },
  { password: 'Password1234!', problem: 'common' },
  { password: 'P@ssw0rd2026', problem: 'common' },
  { password: 'qwertyuiop12', problem: 'common' },
  { password: 'adminadminadmin', problem: 'common' },
  { password: '123456789012', problem: 'common' },
  { password: 'aaaaaaaaaaaa', problem: 'common' },
  { password: 'abcabcabcabc', problem: 'common' },
  { password: 'Mei Lin Mei Lin', problem: 'own_name' },
  { password: 'mei.lin@example.com', problem: 'own_name' },
  { password: 'meilin-meilin-2026', problem: 'own_name' },
  { password: 'copper lantern under seven hills', problem: null },
  { password: '482917365021', problem: null },
  { password: '铜灯笼在七座山丘之下发光', problem: null },
  { password: 'password of my own making', problem: null },
])('"$password": $problem', ({ password, problem }) => {
  expect(passwordProblem(password, mei)).toBe(problem);
});
