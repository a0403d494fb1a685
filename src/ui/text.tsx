/**
 * The only place that draws with Ink's Text, and it takes SafeText alone: text that went around the sanitiser
 * does not compile. Styles are already in the text (terminal/theme.ts); Ink's own are not used.
 */

import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { SafeText } from '../terminal/safe.ts';
import { withoutSequences } from '../terminal/styled-text.ts';

interface LinesProps {
  /** Lines joined by line ends. */
  readonly text: SafeText;
  /**
   * What happens to a line that is wider than the screen: 'whole' leaves it to the terminal, for what is printed for
   * good; 'cut' keeps the number of rows, for the live region, whose height has to be known.
   */
  readonly overflow: 'whole' | 'cut';
}

export function Lines({ text, overflow }: LinesProps): ReactElement {
  // Ink gives a text without characters no row at all.
  const shown = text === '' ? ' ' : text;
  if (overflow === 'cut') return <Text wrap="truncate">{shown}</Text>;
  // Ink breaks a line where its box ends, and a box may be wider than the screen.
  return (
    <Box width={mostCells(shown)} flexShrink={0}>
      <Text>{shown}</Text>
    </Box>
  );
}

/** No line takes more, whoever measures it: a character of one UTF-16 unit has two cells at most. */
function mostCells(text: string): number {
  const lengths = withoutSequences(text)
    .split('\n')
    .map(({ length }) => length);
  return 2 * Math.max(1, ...lengths);
}
