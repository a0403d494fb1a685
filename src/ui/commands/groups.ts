/** How `/help` groups the commands. A command that stands in no group comes last. */

export const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'The answer', names: ['retry', 'continue', 'undo', 'redo', 'edit', 'copy', 'save', 'save!', 'raw'] },
  {
    title: 'The conversation',
    names: ['new', 'resume', 'search', 'rename', 'branches', 'fork', 'compact', 'context', 'usage'],
  },
  { title: 'Whom to ask, and how', names: ['model', 'profile', 'system', 'set', 'think', 'schema', 'prompt'] },
  { title: 'What comes along', names: ['file', 'tools', 'approve'] },
  { title: 'The rest', names: ['theme', 'vi', 'help', 'quit'] },
];
