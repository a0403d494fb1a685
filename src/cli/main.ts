/** The entry of the bundle: the program, run in this process. */

import { createHost } from './host.ts';
import { runProgram } from './program.ts';

await runProgram(createHost(process), process.argv.slice(2));
