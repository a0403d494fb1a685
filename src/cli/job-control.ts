/** Being stopped by Ctrl+Z or `kill -STOP`, and going on. Windows knows neither. */

import type { JobControl } from '../ui/job-control.ts';

/** Where no shell watches its jobs the system does not stop us: then it goes on after this. */
const unstoppedMs = 100;

export function jobControl(from: NodeJS.Process): JobControl | undefined {
  if (from.platform === 'win32') return undefined;
  return {
    stop: () =>
      new Promise((resolve) => {
        const goOn = (): void => {
          clearTimeout(timer);
          from.off('SIGCONT', goOn);
          resolve();
        };
        from.on('SIGCONT', goOn);
        const timer = setTimeout(goOn, unstoppedMs);
        // The whole group, as the terminal does it: what started us, npm or a script, stops too.
        from.kill(0, 'SIGTSTP');
      }),
    onContinue(listener) {
      from.on('SIGCONT', listener);
      return () => void from.off('SIGCONT', listener);
    },
  };
}
