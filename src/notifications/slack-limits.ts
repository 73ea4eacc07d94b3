/**
 * What one Slack message may hold, in characters after escaping and in pieces.
 *
 * @see https://docs.slack.dev/reference/block-kit/blocks (blocks, header, section, fields, context, image)
 * @see https://docs.slack.dev/reference/block-kit/composition-objects/text-object (1 to 3,000)
 * @see https://docs.slack.dev/reference/methods/chat.postMessage (text: 4,000 advised, cut at 40,000)
 * @see https://github.com/slackapi/bolt-js/issues/2867 (all blocks together: undocumented; 11,341 was refused)
 */
export const slackLimits = {
  blocks: 50,
  headerText: 150,
  sectionText: 3_000,
  fields: 10,
  fieldText: 2_000,
  contextElements: 10,
  contextText: 3_000,
  imageAlt: 2_000,
  imageTitle: 2_000,
  text: 4_000,
  allBlocksText: 10_000,
} as const;
