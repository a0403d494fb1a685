/**
 * The only place that draws with Ink's Text, and it takes SafeText alone: text that went around the sanitiser
 * does not compile. Styles are already in the text (terminal/theme.ts); Ink's own are not used.
 */

import { Text } from 'ink';
import type { ReactElement } from 'react';
import type { SafeText } from '../terminal/safe.ts';

interface LinesProps {
  /** Lines joined by line ends. */
  readonly text: SafeText;
  /**
   * What happens to a line that Ink measures wider than the screen: 'wrap' loses nothing, for what is printed for
   * good; 'cut' keeps the number of rows, for the live region, whose height has to be known.
   */
  readonly overflow: 'wrap' | 'cut';
}

export function Lines({ text, overflow }: LinesProps): ReactElement {
  // Ink gives a text without characters no row at all.
  return <Text wrap={overflow === 'cut' ? 'truncate' : 'wrap'}>{text === '' ? ' ' : text}</Text>;
}
