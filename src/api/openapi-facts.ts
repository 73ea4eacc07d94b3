/** The head of the document. The version is that of the contract, which only grows. */
export const packageFacts = {
  title: 'Tidemark',
  version: '1.0.0',
  summary: 'Keeps OKR Key Results true by itself.',
  description:
    'Everything that the page and the command line do, they do by this API. Lists come in pages; a change of a definition names the ' +
    'version that it is meant for; a request with an `Idempotency-Key` is done once. Every error is a problem (RFC 9457) with a stable `code`.',
  license: { name: 'MIT', identifier: 'MIT' },
};
