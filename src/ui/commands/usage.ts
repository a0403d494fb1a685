import { costWords } from '../cost-words.ts';
import type { Command } from './command.ts';
import { seconds, whole } from './words.ts';

export const usage: Command = {
  name: 'usage',
  aliases: ['stats'],
  parameters: '',
  summary: 'tokens, time and speed since banter was started',
  anytime: true,
  ofWholeTurn: true,
  run({ actions, list, say }) {
    const { turns, usage: tokens, elapsedMs, tokensPerSecond, firstWordMs, cost } = actions.steering.usage();
    if (turns === 0) return say('Nothing has been asked since banter was started.');
    const { promptTokens, completionTokens, reasoningTokens, cachedTokens } = tokens;
    const rows: [string, string | undefined][] = [
      ['turns', `${turns} since banter was started`],
      ['sent', tokensOf(promptTokens, cachedTokens, 'from the cache')],
      ['answered', tokensOf(completionTokens, reasoningTokens, 'of reasoning')],
      ['time', seconds(elapsedMs)],
      ['speed', tokensPerSecond === undefined ? undefined : `${tokensPerSecond.toFixed(1)} tokens/s`],
      ['first word', firstWordMs === undefined ? undefined : `${seconds(firstWordMs)} in the last answer`],
      ['cost', cost === undefined ? undefined : costWords(cost)],
    ];
    list(rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
    if (promptTokens === undefined) say('This server does not count tokens.');
  },
};

function tokensOf(count: number | undefined, part: number | undefined, what: string): string | undefined {
  if (count === undefined) return undefined;
  return part === undefined || part === 0 ? `${whole(count)} tokens` : `${whole(count)} tokens, ${whole(part)} ${what}`;
}
