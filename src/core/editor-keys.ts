/** Which keys the REPL's editor has: readline's, or vi's two modes on top of them. */
export const editorKeys = ['readline', 'vi'] as const;
export type EditorKeys = (typeof editorKeys)[number];
