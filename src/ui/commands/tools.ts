import { ChatError } from '../../core/error.ts';
import { nearest } from '../../core/nearest.ts';
import { safeJson } from '../../terminal/json.ts';
import type { ToolLine } from '../actions.ts';
import { lastWordStart } from '../completion/candidate.ts';
import type { Command, CommandContext } from './command.ts';

export const tools: Command = {
  name: 'tools',
  aliases: [],
  parameters: '[name [on | off | ask]]',
  summary: 'list the tools, show one, turn one on or off; ask: be asked about it again',
  anytime: (argument) => !/\s/.test(argument),
  complete({ actions, argument }) {
    const from = lastWordStart(argument);
    if (from === 0) {
      const known = actions.status().tools;
      return { from, candidates: known.map((tool) => ({ value: `${tool.name} `, detail: tool.description })) };
    }
    return { from, candidates: ['on', 'off', 'ask'].map((value) => ({ value, detail: '' })) };
  },
  run(context) {
    const { actions, argument, say } = context;
    const known = actions.status().tools;
    if (argument === '') return known.length === 0 ? say('There are no tools.') : listAll(known, context);
    const [name = '', ...rest] = argument.split(/\s+/);
    const state = rest.length === 0 ? undefined : rest.join(' ');
    const tool = known.find((one) => one.name === name) ?? refuse(name, known);
    if (state === undefined) return show(tool, context);
    if (state === 'ask') {
      actions.askAbout(name);
      return say(`${name}: you are asked, unless it is safe or a rule allows it.`);
    }
    if (state !== 'on' && state !== 'off') {
      throw new ChatError({ kind: 'usage', what: `unknown: ${state}; on, off or ask` });
    }
    actions.setTool(name, state === 'on');
    say(`${name} is ${state}.`);
  },
};

function listAll(known: readonly ToolLine[], { list, say }: CommandContext): void {
  list(known.map((tool) => [`${tool.enabled ? 'on ' : 'off'} ${tool.name}`, `${traits(tool)}: ${tool.description}`]));
  say('Show one: /tools NAME; change one: /tools NAME on|off|ask');
}

function show(tool: ToolLine, { say }: CommandContext): void {
  const { name, enabled, description, parameters } = tool;
  say(`${name} is ${enabled ? 'on' : 'off'}; ${traits(tool)}`, description, '', 'Parameters:', safeJson(parameters, 2));
}

function traits({ safe, allowed, source }: ToolLine): string {
  const runs = allowed === true ? 'you allowed it in this conversation' : safe ? 'safe' : 'asks';
  return `${runs}, ${source}`;
}

function refuse(name: string, known: readonly ToolLine[]): never {
  const [near] = nearest(
    name,
    known.map((tool) => tool.name),
    1,
  );
  const hint = near === undefined ? '/tools lists them' : `did you mean ${near}?`;
  throw new ChatError({ kind: 'usage', what: `there is no tool ${name}`, hint });
}
