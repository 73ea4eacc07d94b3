import { SaxesParser, type SaxesTagNS } from 'saxes';
import { badPayload, ConnectorError } from '../sdk/index.ts';

/** An element with what stands in it. Names are lower case; `space` is the address of its namespace, or empty. */
export type XmlElement = {
  name: string;
  space: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
};

/** A feed nests a handful of elements; XHTML inside of an entry some more. saxes looks names up through all of them. */
const MAX_DEPTH = 100;
const MAX_ELEMENTS = 300_000;
const MAX_ATTRIBUTES = 100;

/**
 * A document as a tree, read in one pass. Nothing is fetched and nothing is expanded but the five entities of XML and
 * characters by number: a document type that declares entities of its own is refused as it is met.
 *
 * @throws ConnectorError `bad_payload` for what is not well-formed, `too_large` beyond the limits above
 */
export function parseXml(provider: string, text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  parser.on('error', (error) => {
    // The rest of the message names what stands there.
    const at = /^\d+:\d+/.exec(error.message)?.[0] ?? '0:0';
    throw badPayload(provider, 'invalid_xml', `sent XML that cannot be parsed (at ${at})`);
  });
  parser.on('doctype', (doctype) => {
    if (!doctype.includes('[')) return;
    throw badPayload(provider, 'doctype', 'sent XML whose document type declares something of its own');
  });
  parser.on('opentagstart', () => {
    elements += 1;
    if (open.length >= MAX_DEPTH) throw tooLarge(provider, `nests more than ${MAX_DEPTH} elements`);
    if (elements > MAX_ELEMENTS) throw tooLarge(provider, `has more than ${MAX_ELEMENTS} elements`);
  });
  let attributes = 0;
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES)
      throw tooLarge(provider, `has an element of more than ${MAX_ATTRIBUTES} attributes`);
  });
  parser.on('opentag', (tag) => {
    attributes = 0;
    const element = elementOf(tag);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  // A byte order mark has been read by then; blank lines before the declaration are a common mistake and harm nobody.
  parser.write(text.trimStart()).close();
  if (root === null) throw badPayload(provider, 'invalid_xml', 'sent XML without an element');
  return root;
}

function elementOf({ attributes, local, uri }: SaxesTagNS): XmlElement {
  const plain = Object.values(attributes).map(
    ({ local: name, value }) => [name.toLowerCase(), value] as const,
  );
  return {
    name: local.toLowerCase(),
    space: uri,
    attributes: Object.fromEntries(plain),
    children: [],
    text: '',
  };
}

function tooLarge(provider: string, problem: string): ConnectorError {
  return new ConnectorError(`The feed at ${provider} ${problem}. Nothing was taken from it.`, {
    errorClass: 'too_large',
    code: 'xml_too_large',
    remedy: { by: 'owner', hint: 'Use a feed with fewer entries, or without their text.' },
  });
}
