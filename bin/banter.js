#!/usr/bin/env node
// The shim: it turns on the compile cache where Node has one (22.1+) and loads the built program.
import module from 'node:module';

module.enableCompileCache?.();
await import('../dist/main.js');
