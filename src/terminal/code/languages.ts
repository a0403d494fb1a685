/**
 * Reads code as tokens, by the grammars of highlight.js; its HTML is never made. Heavy (about 30 grammars), so it is
 * loaded by `load-languages.ts` alone. The grammars are checked upstream for regular expressions that backtrack
 * without end; how much text one call gets is bounded by the callers all the same.
 */

import type { Emitter } from 'highlight.js';
import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import dockerfile from 'highlight.js/lib/languages/dockerfile';
import go from 'highlight.js/lib/languages/go';
import graphql from 'highlight.js/lib/languages/graphql';
import ini from 'highlight.js/lib/languages/ini';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lua from 'highlight.js/lib/languages/lua';
import makefile from 'highlight.js/lib/languages/makefile';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import powershell from 'highlight.js/lib/languages/powershell';
import python from 'highlight.js/lib/languages/python';
import r from 'highlight.js/lib/languages/r';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import scala from 'highlight.js/lib/languages/scala';
import scss from 'highlight.js/lib/languages/scss';
import shell from 'highlight.js/lib/languages/shell';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { type CodeRole, roleOf } from './roles.ts';
import type { CodeToken } from './token.ts';

export interface CodeReading {
  /** Together they are the text that was given. */
  readonly tokens: readonly CodeToken[];
  /** Nothing is open at the end (a comment, a string, a template): what follows can be read by itself. */
  readonly atRoot: boolean;
}

export function knowsLanguage(name: string): boolean {
  return grammars.getLanguage(name) !== undefined;
}

/** @returns undefined for a language that is not known, and for code that its grammar fails on */
export function readCode(language: string, code: string): CodeReading | undefined {
  const grammar = grammars.getLanguage(language);
  if (grammar === undefined) return undefined;
  const { errorRaised, _emitter: emitter, _top: top } = grammars.highlight(code, { language, ignoreIllegals: true });
  if (errorRaised !== undefined || !(emitter instanceof TokenEmitter)) return undefined;
  const { tokens } = emitter;
  if (tokens.map(({ text }) => text).join('') !== code) return undefined;
  return { tokens, atRoot: top === grammar };
}

class TokenEmitter implements Emitter {
  readonly tokens: CodeToken[] = [];
  /** From the outermost scope to the innermost. */
  private readonly roles: (CodeRole | undefined)[] = [];

  addText(text: string): void {
    if (text !== '') this.tokens.push({ text, role: this.roles.at(-1) });
  }
  startScope(scope: string): void {
    this.roles.push(roleOf(scope, this.roles.at(-1)));
  }
  endScope(): void {
    this.roles.pop();
  }
  openNode(scope: string): void {
    this.startScope(scope);
  }
  closeNode(): void {
    this.endScope();
  }
  /** A language inside another: CSS in HTML. */
  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof TokenEmitter) this.tokens.push(...emitter.tokens);
  }
  finalize(): void {}
  toHTML(): string {
    return '';
  }
}

const grammars = highlighter.newInstance();
grammars.configure({ __emitter: TokenEmitter });
const languages = {
  bash,
  c,
  cpp,
  csharp,
  css,
  diff,
  dockerfile,
  go,
  graphql,
  ini,
  java,
  javascript,
  json,
  kotlin,
  lua,
  makefile,
  markdown,
  php,
  powershell,
  python,
  r,
  ruby,
  rust,
  scala,
  scss,
  shell,
  sql,
  swift,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(languages)) grammars.registerLanguage(name, language);
