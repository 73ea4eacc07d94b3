import mixpanel from 'mixpanel';
import { openForwarder } from './mixpanel-forwarder.ts';

export type MixpanelEvent = { event: string; properties: Record<string, string | number | boolean> };

/** The client puts a token into every event. A service account needs none, so this one is taken out again. */
const NO_TOKEN = 'none';
const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY'] as const;
const quiet = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * Sends one event by the official client. What it sends is handed to `deliver`, which takes it to Mixpanel and says
 * whether Mixpanel has confirmed it.
 *
 * It is the client's import and not its track: an import takes events of any age where track takes those of the last five
 * days, it is answered with what was taken, and it needs no project token, with which a wrong one is a success that
 * vanishes. The service account stays on this side of the client, which would refuse to send it to a plain loopback
 * address; the key that it is given instead is the pass to the forwarder, good for this one request.
 *
 * @returns null when it was confirmed, else why not in the client's words
 */
export async function sendByClient(
  { event, properties }: MixpanelEvent,
  deliver: (events: MixpanelEvent[]) => Promise<boolean>,
): Promise<string | null> {
  const forwarder = await openForwarder((events) => deliver(events.map(withoutToken)));
  try {
    const config = {
      host: `127.0.0.1:${forwarder.port}`,
      protocol: 'http',
      key: forwarder.pass,
      logger: quiet, // it warns that keys are deprecated, on the console
    };
    const client = withoutProxies(() => mixpanel.init(NO_TOKEN, config));
    // The client writes into the properties that it is given.
    const batch = [{ event, properties: { ...properties } }];
    return await new Promise<string | null>((done) => {
      client.import_batch(batch, (errors) => done(errors?.[0]?.message ?? null));
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await forwarder.close();
  }
}

/** What the client made of it; it was an event when it went in. */
function withoutToken(sent: unknown): MixpanelEvent {
  const { event, properties } = sent as MixpanelEvent;
  const { token: _token, ...rest } = properties;
  return { event, properties: rest };
}

/**
 * Where a proxy is set the client dies at its start ("HttpsProxyAgent is not a constructor", 0.24.0), and a loopback
 * address needs none. Nobody else sees the gap: nothing runs in between.
 */
function withoutProxies<T>(make: () => T): T {
  const before = PROXIES.map((name) => [name, process.env[name]] as const);
  for (const name of PROXIES) delete process.env[name];
  try {
    return make();
  } finally {
    for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
  }
}
