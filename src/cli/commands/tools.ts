/** `banter tools`: what the model may call, looked at and run by hand. No model is asked. */

import { Command } from 'commander';
import { cutText } from '../../core/cut-text.ts';
import { ensureFolder } from '../../store/paths.ts';
import { safeJson } from '../../terminal/json.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import { type KnownTool, openAllTools } from '../all-tools.ts';
import { networkOf } from '../compose.ts';
import { runUntilEnd } from '../ending.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Host } from '../host.ts';
import { describeOrigin } from '../tool-origin.ts';
import { printLine, printTable, printWarning } from './print-line.ts';
import { rulesCommands } from './tools-rules.ts';
import { runCommand } from './tools-run.ts';
import { showCommand } from './tools-show.ts';

export function createCommand(host: Host, setCode: (code: number) => void): Command {
  const command = new Command('tools').description(
    'What the model may call: built in, files of your own (see `tools path`), and MCP servers of mcp.json beside them.',
  );
  command
    .command('list', { isDefault: true })
    .description('all tools, where they come from, and whether they run without a question')
    .option('--json', 'as JSON')
    .action(async (flags: { readonly json?: true }) =>
      setCode(await runUntilEnd(host, undefined, ({ signal }) => list(host, flags.json === true, signal))),
    );
  showCommand(command, host, setCode);
  runCommand(command, host, setCode);
  rulesCommands(command, host);
  command
    .command('path')
    .description('the folder for files of your own; it is made if it is missing')
    .action(async () => {
      ensureFolder(host.paths.toolsDir);
      await printLine(host, sanitizeLine(host.paths.toolsDir));
    });
  return command;
}

async function list(host: Host, json: boolean, signal: AbortSignal): Promise<number> {
  const { tools, problems, close } = await openAllTools(host, { network: networkOf(host, {}), signal });
  try {
    if (json) await printLine(host, safeJson(tools.map(toJson), 2));
    else
      await printTable(
        host,
        tools.map((known) => toRow(known, host)),
      );
    for (const problem of problems) await printWarning(host, problem);
  } finally {
    await close();
  }
  return exitCodes.done;
}

const maxSummary = 60;

function toRow({ tool, source }: KnownTool, host: Host): readonly string[] {
  const line = tool.description.replace(/\s+/g, ' ');
  const summary = cutText(line, maxSummary);
  return [tool.name, tool.safe ? 'safe' : 'asks', describeOrigin(source, host.paths.toolsDir), summary];
}

function toJson({ tool, source }: KnownTool): object {
  const { name, description, safe } = tool;
  return { name, description, safe, source };
}
