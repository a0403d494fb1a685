/**
 * From the cursor, in the first column, to the end of the screen; the cursor stays. In two parts: erasing from the first
 * cell on is taken for clearing the screen by tmux, which moves what stands there into its history
 * (screen_write_clearendofscreen, option scroll-on-clear).
 */
export const eraseBelow = '\x1b[K\x1b7\x1b[B\r\x1b[J\x1b8';
