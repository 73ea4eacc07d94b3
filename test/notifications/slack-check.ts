import { expect } from 'vitest';
import { type SlackBlock, textsOf } from '../../src/notifications/slack-blocks.ts';

/**
 * The published limits, written down again from Slack's pages and not taken from the code under test:
 * docs.slack.dev/reference/block-kit/blocks/{header,section,context,image}-block and chat.postMessage. The sum is what
 * users measured (bolt-js issues 2509 and 2867: refused from about 11,300 characters on).
 */
export function expectWithinSlackLimits(body: { text: string; blocks: SlackBlock[] }): void {
  expect(body.text.length).toBeGreaterThan(0);
  expect(body.text.length).toBeLessThanOrEqual(4_000);
  expect(body.blocks.length).toBeGreaterThan(0);
  expect(body.blocks.length).toBeLessThanOrEqual(50);
  for (const block of body.blocks) expectBlock(block);
  const total = body.blocks.flatMap(textsOf).reduce((sum, text) => sum + text.length, 0);
  expect(total).toBeLessThanOrEqual(11_000);
}

function expectBlock(block: SlackBlock): void {
  const maxLength = { header: 150, section: 3_000, context: 3_000, image: 2_000, divider: 0 }[block.type];
  for (const text of textsOf(block)) {
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(maxLength);
  }
  if (block.type === 'section' && 'fields' in block) {
    expect(block.fields.length).toBeGreaterThan(0);
    expect(block.fields.length).toBeLessThanOrEqual(10);
    for (const { text } of block.fields) expect(text.length).toBeLessThanOrEqual(2_000);
  }
  if (block.type === 'context') {
    expect(block.elements.length).toBeGreaterThan(0);
    expect(block.elements.length).toBeLessThanOrEqual(10);
  }
}
