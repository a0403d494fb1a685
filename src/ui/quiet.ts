/**
 * How long no letter may have come, in milliseconds, before one counts for something that took the prompt's place by
 * itself. What was typed before, or goes on being typed, was not meant for what its writer has not read.
 */
export const quietMs = 500;
