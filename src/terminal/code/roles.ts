/** What a token is, in as few kinds as there are colours that can be told apart on every background. */

export const codeRoles = [
  ...(['keyword', 'type', 'name', 'string', 'number', 'comment', 'meta', 'added', 'removed'] as const),
] as const;
export type CodeRole = (typeof codeRoles)[number];

/**
 * @param scope  a scope of highlight.js: `title.function`, `language:css`
 * @param outer  the role of the scope around it, which one that is not listed keeps
 */
export function roleOf(scope: string, outer: CodeRole | undefined): CodeRole | undefined {
  const [kind = ''] = scope.split(/[.:]/, 1);
  return Object.hasOwn(roles, kind) ? roles[kind] : outer;
}

/** https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html */
const roles: Readonly<Record<string, CodeRole | undefined>> = {
  keyword: 'keyword',
  'selector-tag': 'keyword',
  name: 'keyword',
  type: 'type',
  built_in: 'type',
  class: 'type',
  'selector-class': 'type',
  'selector-id': 'type',
  title: 'name',
  section: 'name',
  attr: 'name',
  attribute: 'name',
  property: 'name',
  string: 'string',
  regexp: 'string',
  char: 'string',
  link: 'string',
  number: 'number',
  literal: 'number',
  symbol: 'number',
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  meta: 'meta',
  variable: 'meta',
  'template-tag': 'meta',
  'template-variable': 'meta',
  addition: 'added',
  deletion: 'removed',
  // Code inside a string is code.
  subst: undefined,
  language: undefined,
};
