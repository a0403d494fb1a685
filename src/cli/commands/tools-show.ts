import type { Command } from 'commander';
import { safeJson } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitize, sanitizeLine } from '../../terminal/sanitize.ts';
import { type KnownTool, withTool } from '../all-tools.ts';
import { networkOf } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import { printLine } from './print-line.ts';

export function showCommand(tools: Command, host: Host, setCode: (code: number) => void): void {
  tools
    .command('show')
    .description('what the model is told about a tool')
    .argument('<tool>', 'its name, or a file')
    .option('--json', 'as JSON')
    .action(async (word: string, flags: { readonly json?: true }) =>
      setCode(
        await runUntilEnd(host, undefined, ({ signal }) =>
          withTool(host, word, { network: networkOf(host, {}), signal }, (known) =>
            show(host, known, flags.json === true),
          ),
        ),
      ),
    );
}

async function show(host: Host, { tool, source }: KnownTool, json: boolean): Promise<number> {
  const { name, description, safe: isSafe, parameters } = tool;
  if (json) {
    await printLine(host, safeJson({ name, description, safe: isSafe, source, parameters }, 2));
    return exitCodes.done;
  }
  await printLine(host, safe`${sanitizeLine(name)}: ${isSafe ? safe`safe` : safe`needs approval`}`);
  if ('file' in source) await printLine(host, safe`${sanitizeLine(source.kind)} ${sanitizeLine(source.file)}`);
  if ('environment' in source && source.environment.length > 0) {
    await printLine(host, safe`gets from the environment: ${sanitizeLine(source.environment.join(', '))}`);
  }
  if (source.kind === 'mcp') await printLine(host, safe`MCP server ${sanitizeLine(source.server)}`);
  await printLine(host, safe`\n${sanitize(description)}\n\n${safeJson(parameters, 2)}`);
  return exitCodes.done;
}
