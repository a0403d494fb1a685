import type { ConversationSummary } from '../../core/conversation.ts';
import type { Command } from './command.ts';
import { moment, plural } from './words.ts';

export const resume: Command = {
  name: 'resume',
  aliases: ['history'],
  parameters: '[title]',
  summary: 'go on with an earlier conversation, by title or id; without one: choose it',
  chooses: true,
  anytime: false,
  async complete({ actions }) {
    const all = await actions.listConversations();
    const count = new Map<string, number>();
    for (const { title } of all) count.set(title, (count.get(title) ?? 0) + 1);
    const candidates = all.map((summary) => {
      const { id, title } = summary;
      // Of several with one title only the id says which.
      const isTitle = title !== '' && count.get(title) === 1;
      const detail = describe(summary, actions.clock());
      return { value: isTitle ? title : id, detail: isTitle || title === '' ? detail : `${detail}, ${title}` };
    });
    return { from: 0, candidates };
  },
  async run({ actions, argument, signal, say, pick, recall }) {
    const { conversationId } = actions.status();
    const choices = async () =>
      (await actions.listConversations()).map((summary) => ({
        value: summary.id,
        title: summary.title === '' ? `(no title) ${summary.id}` : summary.title,
        detail: describe(summary, actions.clock()),
        keepsDetail: true,
        current: summary.id === conversationId,
      }));
    const query = argument === '' ? await pick({ noun: 'Conversation', choices: choices(), signal }) : argument;
    if (query === undefined) return say('There are no earlier conversations.');
    if (query === conversationId) return say('You are in this conversation already.');
    const { title, messages, problems } = await actions.resume(query);
    recall(messages);
    say(`Going on with: ${title}`, ...problems);
  },
};

/** `5 min ago, 12 messages` */
function describe({ updatedAt, messageCount }: ConversationSummary, nowMs: number): string {
  return `${moment(updatedAt, nowMs)}, ${plural(messageCount, 'message')}`;
}
