import type { Command } from './command.ts';
import { plural, whole } from './words.ts';

export const context: Command = {
  name: 'context',
  aliases: [],
  parameters: '',
  summary: 'what is sent with the next message, and how much of the window it takes',
  anytime: false,
  async run({ actions, signal, list }) {
    const { counts, tools, estimatedTokens, reportedTokens, window } = await actions.steering.context(signal);
    const { system, user, assistant, tool } = counts;
    const messages = [
      system > 0 ? 'a system prompt' : undefined,
      `${user} of yours`,
      plural(assistant, 'answer'),
      tool > 0 ? plural(tool, 'tool result') : undefined,
    ];
    const used = reportedTokens ?? estimatedTokens;
    const share = window === undefined ? '' : `, ${Math.round((used / window) * 100)} % in use`;
    list([
      ['messages', messages.filter((part) => part !== undefined).join(', ')],
      ['tools', tools === 0 ? 'none' : `${tools} offered`],
      ['tokens', `about ${whole(estimatedTokens)} by our own count`],
      ...(reportedTokens === undefined
        ? []
        : [['', `${whole(reportedTokens)} as the server counted the last request and its answer`] as const]),
      [
        'window',
        window === undefined ? 'not known (the profile can say: contextWindow)' : `${whole(window)} tokens${share}`,
      ],
    ]);
  },
};
