/** The flags of a conversation, one-shot or REPL: their names, help and parsed shape. */

import { type Command, Option } from 'commander';
import type { JsonObject } from '../core/json.ts';
import { type Thinking, thinkingLevels } from '../core/provider.ts';
import { collect, collectField, count, number, positive, seconds } from './flag-values.ts';

export const outputForms = ['text', 'json', 'stream-json'] as const;
export type OutputForm = (typeof outputForms)[number];

/** What commander leaves out when a flag that may be repeated is not given. */
export const repeatable = { header: [], tool: [], stop: [], option: {} } as const;

export interface Flags extends NetworkOptions {
  readonly print?: string;
  readonly interactive?: string;
  readonly profile?: string;
  readonly model?: string;
  readonly baseUrl?: string;
  readonly key?: string;
  readonly system?: string;
  readonly header: readonly string[];
  readonly continue?: true;
  readonly resume?: string;
  readonly save: boolean;
  readonly schema?: string;
  readonly schemaRetries: number;
  readonly output: OutputForm;
  readonly tool: readonly string[];
  readonly tools: boolean;
  readonly toolChoice?: string;
  readonly maxRounds: number;
  readonly toolTimeout: number;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly seed?: number;
  readonly stop: readonly string[];
  readonly option: JsonObject;
  readonly think?: Thinking;
  readonly hideThinking?: true;
  readonly stream: boolean;
  readonly raw?: true;
  readonly rawOutput?: true;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet?: true;
  readonly verbose?: true;
  readonly retries: number;
  readonly timeout: number;
  readonly idleTimeout: number;
  readonly maxTime?: number;
  readonly stdin: boolean;
  readonly dryRun?: true;
}

/** By which way to the server; the same for a run and for the commands that ask one. */
export interface NetworkOptions {
  readonly proxy?: string;
  readonly caCert?: string;
}

export function addNetworkOptions(command: Command): Command {
  return command
    .option('--proxy <url>', "an HTTP proxy for everything; '' for none")
    .option('--ca-cert <file>', 'a certificate authority to trust besides the usual ones, PEM');
}

/** Adds every flag to the program, in the order the help shows them. */
export function addFlags(program: Command): void {
  program
    .argument('[prompt...]', 'the question, in quotes; - is stdin; one that is the name of a command goes after --')
    .option('-p, --print <prompt>', 'the same as the prompt argument')
    .option('-i, --interactive <prompt>', 'send this prompt, then stay in the REPL')
    .optionsGroup('Where to:')
    .option('-P, --profile <name>', 'a profile: see `banter profiles list`')
    .option('-m, --model <name>', 'the model to ask')
    .option('--base-url <url>', 'an OpenAI-compatible server, up to and including /v1; no key is sent unless --key')
    .option('--key <source>', 'a stored key (banter keys), env:VAR, or - for stdin')
    .option('-H, --header <line>', "a further request header, 'Name: value' (repeat)", collect)
    .optionsGroup('Conversation:')
    .option('-s, --system <text>', 'the system prompt, or @FILE')
    .option('-c, --continue', 'go on with the latest conversation')
    .option('-r, --resume <id>', 'go on with this conversation; ids may be shortened')
    .option('-n, --no-save', 'keep this conversation off the disk')
    .optionsGroup('Answer:')
    .option('--schema <file>', 'JSON only: the answer satisfies this JSON Schema, or the run fails with 60')
    .option('--schema-retries <n>', 'how often a wrong answer is asked for again', count, 2)
    .addOption(new Option('-o, --output <form>', 'shape of stdout').choices(outputForms).default('text'))
    .option('--no-stream', 'ask for the whole answer at once')
    .option('--raw', 'on a terminal too: the text as the model wrote it, no markdown')
    .option('--raw-output', 'keep control sequences in the answer')
    .addOption(
      new Option('--think <level>', 'reason, where the model lets one choose: --think, or --think=LEVEL').choices(
        thinkingLevels,
      ),
    )
    .option('--hide-thinking', 'do not show reasoning')
    .optionsGroup('Tools:')
    .option('-T, --tool <name>', 'NAME: only the named; +NAME, -NAME: change the default set (repeat)', collect)
    .option('--no-tools', 'offer no tools')
    .option('--tool-choice <choice>', 'auto, none, required, or the name of a tool')
    .option('--max-rounds <n>', 'requests of one turn that may call tools', positive, 16)
    .option('--tool-timeout <seconds>', 'time limit of one tool call; 0 is none', seconds, 30)
    .optionsGroup('Sampling:')
    .option('--temperature <number>', 'how freely to choose, 0 to 2 at most servers', number)
    .option('--max-tokens <n>', 'longest answer, in tokens', positive)
    .option('--top-p <number>', 'choose among the likeliest with this much probability', number)
    .option('--top-k <n>', 'choose among this many', count)
    .option('--seed <n>', 'the same answer again, where the server can', count)
    .option('--stop <text>', 'end the answer before this text (repeat)', collect)
    .option('--option <k=json>', 'any further field of the request (repeat)', collectField)
    .optionsGroup('Limits:')
    .option('--retries <n>', 'tries after a busy server or a lost connection', count, 3)
    .option('--timeout <seconds>', 'longest wait for the first byte; 0 is for ever', seconds, 120)
    .option('--idle-timeout <seconds>', 'longest silence inside an answer; 0 is for ever', seconds, 60)
    .option('--max-time <seconds>', 'end the whole run after this long, with 124; 0 is never', seconds)
    .optionsGroup('Network:');
  addNetworkOptions(program)
    .optionsGroup('Other:')
    .addOption(
      new Option('--color <when>', 'colours on a terminal').choices(['auto', 'always', 'never']).default('auto'),
    )
    .option('-q, --quiet', 'errors only on stderr')
    .option('-v, --verbose', 'tokens and times on stderr')
    .option('--no-stdin', 'do not read stdin')
    .option('--dry-run', 'print the request, key masked, and send nothing');
}
