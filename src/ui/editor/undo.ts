/** What undo and redo walk through: the text as it stood before each step. */

export interface UndoLog {
  /** Oldest first. */
  readonly past: readonly Standing[];
  /** What was undone, the next to redo last. */
  readonly future: readonly Standing[];
}

export interface Standing {
  readonly text: string;
  readonly caret: number;
}

export interface UndoStep {
  readonly log: UndoLog;
  readonly to: Standing;
}

export const emptyUndoLog: UndoLog = { past: [], future: [] };

const maxSteps = 200;
/** In UTF-16 units, of all steps together; one there always is. */
const maxKept = 16 * 1024 * 1024;

/** The text is about to change from this. */
export function recordStep({ past }: UndoLog, { text, caret }: Standing): UndoLog {
  return { past: fitting([...past, { text, caret }].slice(-maxSteps)), future: [] };
}

function fitting(past: readonly Standing[]): readonly Standing[] {
  let kept = 0;
  const tooOld = past.findLastIndex(({ text }, index) => {
    kept += text.length;
    return kept > maxKept && index < past.length - 1;
  });
  return past.slice(tooOld + 1);
}

/** undefined when there is nothing to go back to. */
export function undo({ past, future }: UndoLog, { text, caret }: Standing): UndoStep | undefined {
  const to = past.at(-1);
  return to && { to, log: { past: past.slice(0, -1), future: [...future, { text, caret }] } };
}

export function redo({ past, future }: UndoLog, { text, caret }: Standing): UndoStep | undefined {
  const to = future.at(-1);
  return to && { to, log: { past: [...past, { text, caret }], future: future.slice(0, -1) } };
}
