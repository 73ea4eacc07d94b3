// Telling, composing and the relay in a process of their own, which ends itself as a power cut would at a spot that it is
// told on its standard input: `before` or `after` a statement (by what stands in it) or a `send`, at its n-th time.
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import pg from 'pg';
import { root } from '../../src/bootstrap.js';

const from = (path) => import(`${root}/dist/${path}`);
const { startAlerting } = await from('jobs/alerting.js');
const { startRelay } = await from('jobs/deliver-messages.js');
const { composeNews } = await from('src/app/compose-news.js');
const { newsItem } = await from('src/app/news-item.js');
const { createAlerting } = await from('src/db/alerting/index.js');
const { createDataKeyStore } = await from('src/db/data-keys.js');
const { openDatabase } = await from('src/db/database.js');
const { createInstance } = await from('src/db/instance.js');
const { createEgress } = await from('src/egress/index.js');
const { createChannels } = await from('src/notifications/index.js');
const { createKeyRing } = await from('src/secrets/index.js');
const { loadConfig } = await from('src/wiring/config.js');
const { loadMasterKeys } = await from('src/wiring/master-key.js');
const { relayDeps } = await from('src/wiring/relay.js');
const { createVault } = await from('src/wiring/vault.js');

// Of what a worker opens only what these need: a test kills hundreds, and providers take long to load.
const config = loadConfig(process.env);
const log = { info() {}, warn() {}, error() {} };
const database = openDatabase(config.databaseUrl);
const masterKeys = await loadMasterKeys(config.masterKey, config.dataDir, createInstance(database));
const APP = 'https://okr.example.test';
const rules = {
  itemOf: (alert, saying, now) => newsItem(alert, saying, now, APP),
  compose: (channel, notices, standing, now) => composeNews(channel, notices, standing, now, APP),
};
const services = {
  database,
  owner: `relay:${process.pid}`,
  egress: createEgress({ allow: config.egressAllow }),
  channelKinds: createChannels({ slackHosts: [] }),
  vault: createVault(database, createKeyRing({ masterKeys, store: createDataKeyStore(database) })),
  sockets: { connect: null, forHosts: () => null },
  alerting: createAlerting(database, rules),
};
process.stdout.write('loaded\n');
const [line] = await once(process.stdin, 'data');
const [side, nth, spot] = String(line).trim().split('|');

let times = 0;
function pass(where, what) {
  if (where !== side || !what.includes(spot)) return;
  times += 1;
  if (times < Number(nth)) return;
  writeSync(1, 'hit\n');
  process.kill(process.pid, 'SIGKILL');
}

const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (...given) {
  const text = typeof given[0] === 'string' ? given[0] : (given[0]?.text ?? '');
  pass('before', text);
  const last = given.at(-1);
  if (typeof last === 'function') {
    return query.call(this, ...given.slice(0, -1), (...answer) => {
      pass('after', text);
      last(...answer);
    });
  }
  const result = query.apply(this, given);
  return typeof result?.then === 'function'
    ? result.then((answer) => {
        pass('after', text);
        return answer;
      })
    : result;
};

const deps = relayDeps(services);
startAlerting(services.alerting, log);
startRelay(
  {
    ...deps,
    async send(message, signal) {
      pass('before', 'send');
      const result = await deps.send(message, signal);
      pass('after', 'send');
      return result;
    },
  },
  log,
);
