import { ChatError } from '../../core/error.ts';
import { nearest } from '../../core/nearest.ts';
import { lastWordStart } from '../completion/candidate.ts';
import type { Command } from './command.ts';

const usualNames = ['temperature', 'max-tokens', 'top-p', 'top-k', 'seed', 'stop'];

export const set: Command = {
  name: 'set',
  aliases: [],
  parameters: '[name [value | off]]',
  summary: 'temperature, max-tokens, top-p, top-k, seed, stop, or any field of the request',
  anytime: (argument) => !/\S\s+\S|=/.test(argument),
  complete({ actions, argument }) {
    const from = lastWordStart(argument);
    if (from > 0) return { from, candidates: [{ value: 'off', detail: 'the server decides' }] };
    const set = new Map(actions.steering.options());
    const names = new Set([...set.keys(), ...usualNames]);
    return { from, candidates: [...names].map((name) => ({ value: `${name} `, detail: set.get(name) ?? '' })) };
  },
  run({ actions: { steering }, argument, say, list }) {
    const [, name, value = ''] = /^(\S+?)(?:\s*=\s*|\s+|$)([\s\S]*)$/.exec(argument) ?? [];
    const options = steering.options();
    if (name === undefined) {
      if (options.length > 0) list(options);
      const hint = '/set NAME VALUE changes one, /set NAME off leaves it to the server';
      return options.length > 0 ? say(hint) : say('Nothing is set: the server decides.', hint);
    }
    if (value === '') {
      const set = options.find(([known]) => known === name);
      return say(set === undefined ? `${name} is not set: the server decides.` : `${name} is ${set[1]}`);
    }
    if (!/^[\w.-]+$/.test(name)) {
      throw new ChatError({ kind: 'usage', what: `no option is called ${name}`, hint: '/set temperature 0.2' });
    }
    steering.setOption(name, value === 'off' ? undefined : value);
    const after = steering.options();
    const meant = value === 'off' ? undefined : near(name);
    if (meant !== undefined) say(`${name} is sent as it stands; did you mean ${meant}?`);
    say(...(after.length === 0 ? ['Nothing is set: the server decides.'] : ['Set from the next message on:']));
    if (after.length > 0) list(after);
  },
};

/** Fields that servers take beside the usual ones: near to nothing. */
const otherNames = ['min-p', 'typical-p', 'top-a', 'presence-penalty', 'frequency-penalty', 'repetition-penalty'];

function near(name: string): string | undefined {
  const spelled = name.replace(/_/g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (usualNames.includes(spelled) || otherNames.includes(spelled)) return undefined;
  return nearest(spelled, usualNames, 1)[0];
}
