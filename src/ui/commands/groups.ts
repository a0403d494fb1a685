/** How `/help` groups the commands. A command that stands in no group comes last. */

export const groups: readonly { readonly title: string; readonly names: readonly string[] }[] = [
  { title: 'Answer', names: ['retry', 'continue', 'undo', 'redo', 'edit', 'copy', 'save', 'save!', 'raw'] },
  {
    title: 'Conversation',
    names: ['new', 'resume', 'search', 'rename', 'branches', 'fork', 'compact', 'context', 'usage'],
  },
  { title: 'Asking', names: ['model', 'profile', 'system', 'set', 'think', 'schema', 'prompt'] },
  { title: 'Along with it', names: ['file', 'tools', 'approve'] },
  { title: 'Other', names: ['theme', 'vi', 'help', 'quit'] },
];
