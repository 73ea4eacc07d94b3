// A process of its own, so that its time and memory are not those of what is measured: `node server.js SUBSCRIPTIONS`.
// Says the port that it listens on.
import { createCompany } from './company.ts';
import { providerServer } from './provider.ts';

const nowAt = (): number => Math.floor(Date.now() / 1_000);
const company = createCompany(Number(process.argv[2] ?? '10000'), nowAt());
const server = providerServer(company, { perSecond: 100, nowAt });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
