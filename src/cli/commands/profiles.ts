/** `banter profiles`: named servers, as data a person can read. */

import { Command } from 'commander';
import { findProfile, listProfiles, removeProfile, setDefaultProfile } from '../../store/profiles.ts';
import { safeJson } from '../../terminal/json.ts';
import { safe } from '../../terminal/safe.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Host } from '../host.ts';
import { settingsOf } from '../settings-of.ts';
import { keyPlace } from './key-place.ts';
import { printLine, printTable } from './print-line.ts';
import { addCommand } from './profiles-add.ts';
import { editCommand } from './profiles-edit.ts';
import { testCommand } from './profiles-test.ts';
import { changeSettings } from './settings-change.ts';

export function createCommand(host: Host, setCode: (code: number) => void): Command {
  const command = new Command('profiles').description('Named servers, with their model and where their key is.');
  command
    .command('list', { isDefault: true })
    .description('all profiles; * marks the default')
    .option('--json', 'as JSON')
    .action((flags: { readonly json?: true }) => list(host, flags.json === true));
  command
    .command('show')
    .description('one profile')
    .argument('<name>')
    .action(async (name: string) => printLine(host, safeJson(findProfile(await settingsOf(host), name), 2)));
  addCommand(command, host, setCode);
  editCommand(command, host);
  testCommand(command, host, setCode);
  command
    .command('use')
    .description('make a profile the default')
    .argument('<name>')
    .action(async (name: string) => {
      await changeSettings(host, (settings) => setDefaultProfile(settings, name));
      await printLine(host, safe`${sanitizeLine(name)} is the default now`);
    });
  command
    .command('remove')
    .description('remove a profile')
    .argument('<name>')
    .action(async (name: string) => {
      await changeSettings(host, (settings) => removeProfile(settings, name));
      await printLine(host, safe`${sanitizeLine(name)} is removed`);
    });
  return command;
}

async function list(host: Host, json: boolean): Promise<void> {
  const settings = await settingsOf(host);
  const profiles = listProfiles(settings);
  if (json) return printLine(host, safeJson(profiles, 2));
  const rows = profiles.map((profile) => {
    const mark = profile.name === settings.defaultProfile ? '*' : ' ';
    const facts = [profile.baseUrl, profile.model, keyPlace(profile)];
    return [`${mark} ${profile.name}`, profile.kind, facts.filter(Boolean).join('  ')];
  });
  await printTable(host, rows);
}
