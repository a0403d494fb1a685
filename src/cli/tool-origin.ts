import { basename, dirname } from 'node:path';

/** Tools of files and of servers say where they are from; the built-in ones do not. */
interface Origin {
  readonly file?: string;
  readonly server?: string;
}

/**
 * Where a tool comes from, for a person.
 * @param folder  the folder for tools of one's own: its files go by their names alone
 */
export function describeOrigin(tool: object, folder: string): string {
  const { file, server }: Origin = tool;
  if (server !== undefined) return `MCP server ${server}`;
  if (file === undefined) return 'built in';
  return dirname(file) === folder ? basename(file) : file;
}
