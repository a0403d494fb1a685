/** The flags of a conversation, one-shot or REPL: their names, help and parsed shape. */

import { type Command, Option } from 'commander';
import type { ApprovalPolicy } from '../core/approval.ts';
import type { JsonObject } from '../core/json.ts';
import { type Thinking, thinkingLevels } from '../core/provider.ts';
import { type SchemaMode, schemaModes } from '../core/response-format.ts';
import { collect, collectField, count, number, positive, seconds } from './flag-values.ts';

/** The last four are shapes of a structured value. */
export const outputForms = ['text', 'json', 'stream-json', 'yaml', 'csv', 'tsv', 'table'] as const;
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
  /** True without a name: the person chooses. */
  readonly resume?: string | true;
  readonly save: boolean;
  readonly schema?: string;
  /** Other names of --schema, as other programs have it. */
  readonly jsonSchema?: string;
  readonly outputSchema?: string;
  readonly schemaMulti?: string;
  readonly schemaMode: SchemaMode | 'auto';
  readonly schemaRetries: number;
  readonly streamItems?: true;
  readonly explain?: true;
  readonly regex?: string;
  readonly choice?: string;
  readonly grammar?: string;
  readonly output: OutputForm;
  readonly outputFile?: string;
  readonly tool: readonly string[];
  readonly tools: boolean;
  readonly toolChoice?: string;
  readonly maxRounds: number;
  readonly approve: Exclude<ApprovalPolicy, 'all'>;
  readonly yes?: true;
  readonly toolTimeout: number;
  readonly toolsDebug?: true;
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
  readonly plain?: true;
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
    .option('-r, --resume [id]', 'go on with this conversation, by id or title; without one, in the REPL: choose it')
    .option('-n, --no-save', 'keep this conversation off the disk')
    .optionsGroup('Answer:')
    .addOption(new Option('-o, --output <form>', 'shape of stdout').choices(outputForms).default('text'))
    .option('--output-file <file>', 'write what would go to stdout into this file')
    .option('--no-stream', 'ask for the whole answer at once')
    .option('--raw', 'on a terminal too: the text as the model wrote it, no markdown')
    .option('--raw-output', 'keep control sequences in the answer')
    .addOption(
      new Option('--think <level>', 'reason, where the model lets one choose: --think, or --think=LEVEL').choices(
        thinkingLevels,
      ),
    )
    .option('--plain', 'output is only added to: no cursor movement, no colour; for screen readers')
    .option('--hide-thinking', 'do not show reasoning')
    .optionsGroup('Structured answer, checked, or exit code 60:')
    .option('--schema <source>', "JSON of this JSON Schema: a FILE, JSON, 'name, age int', @SAVED, or - for stdin")
    .addOption(new Option('--json-schema <source>').hideHelp())
    .addOption(new Option('--output-schema <source>').hideHelp())
    .option('--schema-multi <source>', 'the same, for many: {"items": [...]}')
    .option('--stream-items', 'print each element of the array as a line of JSON while the answer arrives')
    .addOption(
      new Option('--schema-mode <mode>', 'how the server is asked').choices(['auto', ...schemaModes]).default('auto'),
    )
    .option('--schema-retries <n>', 'how often a wrong answer is asked for again', count, 2)
    .option('--explain', 'say on stderr how the answer was obtained')
    .option('--regex <pattern>', 'text that matches as a whole')
    .option('--choice <a,b,c>', 'one of these')
    .option('--grammar <file>', 'text of this grammar (GBNF), where the server takes one')
    .optionsGroup('Tools:')
    .option('-T, --tool <name>', 'NAME: only the named; +NAME, -NAME, FILE: change the default set (repeat)', collect)
    .option('--no-tools', 'offer no tools')
    .option('--tool-choice <choice>', 'auto, none, required, or the name of a tool')
    .addOption(
      new Option(
        '--approve <policy>',
        'ask: a person about tools that are not safe; safe: run no others; never: only what a rule allows',
      )
        .choices(['ask', 'safe', 'never'])
        .default('ask'),
    )
    .addOption(new Option('-y, --yes', 'run every call that no rule forbids').conflicts('approve'))
    .option('--max-rounds <n>', 'requests of one turn that may call tools', positive, 16)
    .option('--tool-timeout <seconds>', 'time limit of one tool call; 0 is none', seconds, 30)
    .option('--tools-debug', 'every call, its result and its time on stderr')
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
