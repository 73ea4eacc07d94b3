/** A readable key out of a title, free among those that are taken; titles without Latin words get a short random one. */
export function newKey(title: string, prefix: string, taken: readonly string[]): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’]/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, 5)
    .join('-')
    .slice(0, 40);
  const readable = !/\p{Script=Han}/u.test(title) && /[a-z]/.test(slug);
  const base = readable ? slug : `${prefix}-${random()}`;
  let key = base;
  for (let count = 2; taken.includes(key); count += 1) key = `${base}-${count}`;
  return key;
}

function random(): string {
  return [...crypto.getRandomValues(new Uint8Array(5))].map((byte) => (byte % 36).toString(36)).join('');
}
